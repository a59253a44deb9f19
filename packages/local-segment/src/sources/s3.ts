import type { GetObjectCommandOutput, S3Client } from '@aws-sdk/client-s3'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Archive } from '../archive'
import { errorMessage, ReadError } from '../errors'
import { ARCHIVE_ENDINGS, isArchiveName } from './names'

/** How S3 is reached. The credentials come from where the AWS SDK and the AWS CLI look for them. */
export interface S3Options {
  /** The address of an S3-compatible server. Buckets are then in the path, not in the name of the host. */
  endpoint?: string
}

/** How objects in S3 are named. */
export const S3_SCHEME = 's3://'

/** Where requests go if neither the environment nor the profile names a region. */
const DEFAULT_REGION = 'us-east-1'

/** How often a read that breaks off is continued, if nothing came in between. */
const MAX_ATTEMPTS = 5

// The SDK is large, and a run without S3 does not wait for it.
const loadSdk = () => {
  // It would warn that versions to come do not run on Node 20. Ours is pinned.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('@aws-sdk/client-s3') as typeof import('@aws-sdk/client-s3')
}

/**
 * Makes a lister of the objects of S3.
 *
 * @returns a function that takes `s3://bucket/prefix`, and lists page by page, in the order of their keys, the archives
 *   whose keys begin with the prefix; or the one object that has this key. It throws a ReadError if there is none, or if
 *   the bucket cannot be listed.
 */
export function s3Lister({ endpoint }: S3Options = {}): (source: string) => AsyncGenerator<Archive> {
  let client: Promise<S3Client> | undefined
  return (source) => listObjects((client ??= s3Client(endpoint)), source)
}

async function s3Client(endpoint: string | undefined): Promise<S3Client> {
  const { S3Client } = loadSdk()
  const options = {
    ...(endpoint !== undefined && { endpoint, forcePathStyle: true }),
    followRegionRedirects: true,
    // A connection that is silent for so long is closed, and the read goes on from there.
    requestHandler: { connectionTimeout: 10_000, socketTimeout: 60_000 },
    // gzip has its own checksum, and the SDK computes those of S3 in JavaScript.
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestChecksumCalculation: 'WHEN_REQUIRED'
  } as const
  const client = new S3Client(options)
  return client.config.region().then(
    () => client,
    () => new S3Client({ ...options, region: DEFAULT_REGION })
  )
}

async function* listObjects(connecting: Promise<S3Client>, source: string): AsyncGenerator<Archive> {
  const [bucket, ...path] = source.slice(S3_SCHEME.length).split('/')
  const prefix = path.join('/')
  if (bucket === '') throw new ReadError(`${source} names no bucket: write s3://bucket/prefix.`)
  const { paginateListObjectsV2 } = loadSdk()
  const client = await connecting
  let count = 0
  try {
    for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix })) {
      for (const { Key: key = '', Size: size = 0, ETag: version = '' } of Contents) {
        // S3 lists the prefix itself first.
        const isNamed = key === prefix && !key.endsWith('/')
        if (!isNamed && !isArchiveName(key)) continue
        count += 1
        const name = `${S3_SCHEME}${bucket}/${key}`
        yield { name, size, version, open: (signal) => readObject(client, { bucket, key, size, version }, signal) }
        if (isNamed) return
      }
    }
  } catch (error) {
    throw new ReadError(`Cannot list ${source}: ${s3Message(error)}.`)
  }
  if (count === 0) throw new ReadError(`No object in ${source} is an archive: their keys end in ${ARCHIVE_ENDINGS}.`)
}

interface StoredObject {
  bucket: string
  key: string
  size: number
  version: string
}

async function* readObject(
  client: S3Client,
  { bucket, key, size, version }: StoredObject,
  signal?: AbortSignal
): AsyncGenerator<Buffer> {
  const { GetObjectCommand } = loadSdk()
  let position = 0
  let attempts = 0
  while (position < size) {
    let body: GetObjectCommandOutput['Body']
    try {
      const range = position > 0 ? { Range: `bytes=${position}-` } : {}
      const command = new GetObjectCommand({ Bucket: bucket, Key: key, IfMatch: version || undefined, ...range })
      body = (await client.send(command, { abortSignal: signal })).Body
      for await (const chunk of body as AsyncIterable<Buffer>) {
        position += chunk.length
        attempts = 0
        yield chunk
      }
      if (position < size) throw new Error('the connection was closed')
    } catch (error) {
      signal?.throwIfAborted()
      attempts += 1
      if (isAnswer(error) || attempts === MAX_ATTEMPTS) throw new Error(s3Message(error))
      await sleep(250 * 2 ** attempts, undefined, { signal })
    } finally {
      ;(body as NodeJS.ReadableStream & { destroy?: () => void })?.destroy?.()
    }
  }
}

/** What S3 answers, by the code of its error, in words that follow the name of the object or the source. */
const ANSWERS: Record<string, string> = {
  NoSuchBucket: 'there is no such bucket',
  NoSuchKey: 'it was deleted since it was listed',
  PreconditionFailed: 'it changed since it was listed; run the command again',
  AccessDenied: 'these credentials may not read it',
  ExpiredToken: 'the credentials have expired; get new ones',
  ExpiredTokenException: 'the credentials have expired; get new ones',
  InvalidAccessKeyId: 'the access key is not known; check the credentials',
  SignatureDoesNotMatch: 'the secret key is wrong; check the credentials',
  InvalidObjectState: 'it is in Glacier; restore it first',
  CredentialsProviderError:
    'there are no AWS credentials; set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
  ENOTFOUND: 'the address of S3 is not known; check the region or --endpoint',
  ECONNREFUSED: 'S3 does not answer; check --endpoint'
}

type S3Error = Error & { code?: string; $metadata?: { httpStatusCode?: number } }

/** Whether S3 has answered, so that it makes no sense to ask again: the SDK already has where that may help. */
const isAnswer = (error: unknown) =>
  (error as S3Error).$metadata?.httpStatusCode !== undefined || (error as S3Error).name === 'CredentialsProviderError'

function s3Message(error: unknown): string {
  const { name, code = '', $metadata } = error as S3Error
  const status = $metadata?.httpStatusCode === undefined ? '' : ` (HTTP ${$metadata.httpStatusCode})`
  return ANSWERS[name] ?? ANSWERS[code] ?? `${errorMessage(error)}${status}`
}
