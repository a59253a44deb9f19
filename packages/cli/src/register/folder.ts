import { createHash } from 'node:crypto'
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync
} from 'node:fs'
import { join } from 'node:path'
import { errorMessage } from '@tractionboard/local-segment'
import { CliError } from '../errors'
import { joinWithAnd } from '../text'

/** The text of each file, by its name in the folder. */
export type Files = Record<string, string>

/** The hash of each file as the command last wrote it, by its name in the folder. */
type Manifest = Record<string, string>

/**
 * The manifest's file. Without it, a later run could not tell its own files from those of someone else, or from its own
 * after someone edited them.
 */
const MANIFEST = '.tractionboard-register.json'

/**
 * Reads a file that an earlier run wrote.
 *
 * @returns nothing if there is no such file, or it was changed since.
 * @throws CliError if the folder cannot be read.
 */
export const readOwnFile = (folder: string, name: string): string | undefined =>
  withReason(`The folder ${folder} cannot be read`, () => ownText(folder, name))

/**
 * Writes files into a folder: all of them or, if anything is in the way, none.
 *
 * @param folder is made if it does not exist. Files of an earlier run are replaced, and nothing is removed.
 * @throws CliError if the folder has files but no earlier run wrote there, if a file to be written is not as an earlier
 *   run left it, or if the folder cannot be written.
 */
export const writeFiles = (folder: string, files: Files): void =>
  withReason(`The packet cannot be written to ${folder}`, () => {
    assertOwnFolder(folder)
    assertOwnFiles(folder, files)
    mkdirSync(folder, { recursive: true })
    replaceFiles(folder, { ...files, [MANIFEST]: toJson({ ...readManifest(folder), ...hashes(files) }) })
  })

/** Runs something that uses the file system, and says in a sentence why it fails. */
function withReason<T>(failure: string, run: () => T): T {
  try {
    return run()
  } catch (error) {
    throw error instanceof CliError ? error : new CliError(`${failure}: ${errorMessage(error)}.`)
  }
}

/** Writes all files beside their places first, so that a full disk leaves the old ones as they were. */
function replaceFiles(folder: string, files: Files): void {
  const staging = mkdtempSync(join(folder, '.writing-'))
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(staging, name), text)
    for (const name of Object.keys(files)) renameSync(join(staging, name), join(folder, name))
  } finally {
    rmSync(staging, { recursive: true, force: true })
  }
}

function assertOwnFolder(folder: string): void {
  const isUsed = exists(folder) && readdirSync(folder).length > 0
  if (!isUsed || readManifest(folder) !== undefined) return
  throw new CliError(
    `${folder} has files that this command did not write. Choose an empty or a new folder with --out. Nothing was written.`
  )
}

function assertOwnFiles(folder: string, files: Files): void {
  const foreign = Object.keys(files).filter(
    (name) =>
      exists(join(folder, name)) && ownText(folder, name) === undefined && readText(join(folder, name)) !== files[name]
  )
  if (foreign.length === 0) return
  throw new CliError(
    `In ${folder}, someone else wrote or changed ${joinWithAnd(foreign)}. Move that away, or choose another folder with --out. Nothing was written.`
  )
}

function ownText(folder: string, name: string): string | undefined {
  const text = readText(join(folder, name))
  return text !== undefined && hash(text) === readManifest(folder)?.[name] ? text : undefined
}

function readManifest(folder: string): Manifest | undefined {
  try {
    const manifest = JSON.parse(readText(join(folder, MANIFEST)) ?? '') as Manifest | null
    return manifest ?? undefined
  } catch {
    return undefined
  }
}

const exists = (path: string) => lstatSync(path, { throwIfNoEntry: false }) !== undefined

/** The text of a file; nothing if there is none, or a folder or a link in its place. */
const readText = (file: string): string | undefined =>
  lstatSync(file, { throwIfNoEntry: false })?.isFile() ? readFileSync(file, 'utf8') : undefined

const hashes = (files: Files): Manifest =>
  Object.fromEntries(Object.entries(files).map(([name, text]) => [name, hash(text)]))

const hash = (text: string) => createHash('sha256').update(text).digest('hex')

const toJson = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`
