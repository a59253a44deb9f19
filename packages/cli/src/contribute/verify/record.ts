import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type Checkout, gitFile } from '../checkout'
import { fingerprint } from '../manifest'
import type { Files } from '../source'
import type { GateResult } from './gates'

/** A run of the gates that none failed, with the destination served and used. */
export interface Verification {
  /** The version of Node. */
  node: string
  /** The commit of the checkout, shortened. */
  commit: string
  passed: string[]
  notRun: string[]
}

interface VerificationRecord extends Verification {
  /** The fingerprint of what was verified. */
  source: string
}

const NAME = 'tractionboard-verification.json'

/** The last verification of a checkout, if it was of this source. */
export function readVerification(checkout: Checkout, source: Files): Verification | undefined {
  const file = gitFile(checkout, NAME)
  if (!existsSync(file)) return undefined
  try {
    const record = JSON.parse(readFileSync(file, 'utf8')) as VerificationRecord
    return record.source === fingerprintOfAll(source) ? record : undefined
  } catch {
    return undefined
  }
}

/** Records the results of the gates for the description; removes the record if they prove nothing. */
export function recordVerification(checkout: Checkout, source: Files, results: GateResult[]): void {
  const named = (status: GateResult['status']) =>
    results.filter((result) => result.status === status).map(({ gate }) => gate.name)
  const file = gitFile(checkout, NAME)
  if (named('failed').length > 0 || !named('passed').includes('serve')) return rmSync(file, { force: true })
  const record: VerificationRecord = {
    source: fingerprintOfAll(source),
    node: process.versions.node,
    commit: (checkout.git.output('rev-parse', '--short', 'HEAD') ?? '').trim(),
    passed: named('passed'),
    notRun: named('not run')
  }
  writeFileSync(file, `${JSON.stringify(record, null, 2)}\n`)
}

const fingerprintOfAll = (source: Files) =>
  fingerprint(Buffer.from(JSON.stringify([...source].map(([path, content]) => [path, fingerprint(content)]).sort())))
