import { appendFileSync, mkdirSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { SegmentEvent } from '@segment/actions-core'

const DAY_MS = 24 * 60 * 60 * 1000

/** Writes down calls, and returns when they are in the file. Throws if they cannot be written. */
export type Recorder = (writeKey: string, calls: SegmentEvent[], receivedAt: Date) => void

/**
 * Makes a recorder that writes an archive in the layout that Segment gives those in a bucket:
 * `segment-logs/{source}/{received day in milliseconds}/{file}.gz`. A file can be read at any time: each write adds a whole
 * gzip member with whole lines.
 *
 * @param folder is made if it is missing.
 * @see https://segment.com/docs/connections/storage/catalog/aws-s3/#data-format
 */
export function createRecorder(folder: string): Recorder {
  // Another run writes another file, later in the order of names.
  const file = `${Date.now()}.gz`
  return (writeKey, calls, receivedAt) => {
    if (calls.length === 0) return
    const day = Math.floor(receivedAt.getTime() / DAY_MS) * DAY_MS
    const path = join(folder, 'segment-logs', folderName(writeKey), String(day))
    mkdirSync(path, { recursive: true })
    append(join(path, file), gzipSync(calls.map((call) => `${JSON.stringify(call)}\n`).join('')))
  }
}

/** Adds all of the bytes, or, where the disk is full, none: half a gzip member would hide those that follow it. */
function append(path: string, bytes: Buffer): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  try {
    appendFileSync(path, bytes)
  } catch (error) {
    if (statSync(path, { throwIfNoEntry: false })) truncateSync(path, size)
    throw error
  }
}

/** A write key may be any text. */
const folderName = (writeKey: string) => writeKey.replace(/[^\w-]/g, '_').slice(0, 100)
