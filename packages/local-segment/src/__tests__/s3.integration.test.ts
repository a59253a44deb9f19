import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { type Archive, readArchive } from '../archive'
import { listArchives } from '../sources'

const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_REGION: 'us-east-1' }
const environment = { ...process.env }

// An ESM module, which jest cannot load.
const SERVER = `
  import { startFauxqs } from 'fauxqs'
  console.log((await startFauxqs({ port: 0, logger: false })).port)
`

let server: ChildProcess
let endpoint: string
let client: S3Client

const put = (Key: string, ...calls: object[]) =>
  client.send(
    new PutObjectCommand({
      Bucket: 'logs',
      Key,
      Body: gzipSync(calls.map((call) => JSON.stringify(call)).join('\n'))
    })
  )

async function list(source: string, address = endpoint): Promise<Archive[]> {
  const archives: Archive[] = []
  for await (const archive of listArchives([source], { s3: { endpoint: address } })) archives.push(archive)
  return archives
}

async function count(archive: Archive): Promise<number> {
  let entries = 0
  for await (const chunk of readArchive(archive)) entries += chunk.length
  return entries
}

beforeAll(async () => {
  Object.assign(process.env, CREDENTIALS)
  server = spawn(process.execPath, ['--input-type=module', '-e', SERVER], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [port] = (await once(server.stdout!, 'data')) as [Buffer]
  endpoint = `http://127.0.0.1:${String(port).trim()}`
  client = new S3Client({ endpoint, forcePathStyle: true })
  await client.send(new CreateBucketCommand({ Bucket: 'logs' }))
})
afterAll(() => {
  client.destroy()
  server.kill()
  process.env = environment
})

describe('listArchives of S3', () => {
  it('lists more objects than one page has, in order, and passes over what is no archive', async () => {
    const keys = Array.from({ length: 1005 }, (_, index) => `pages/src/1/${String(index).padStart(4, '0')}.gz`)
    await Promise.all([...keys, 'pages/dummy-object.txt'].map((key) => put(key, { type: 'page' })))
    expect((await list('s3://logs/pages/')).map(({ name }) => name)).toEqual(keys.map((key) => `s3://logs/${key}`))
  })

  it('reads an object', async () => {
    await put('one/a.gz', { type: 'page' }, { type: 'track', event: 'a' })
    const [archive] = await list('s3://logs/one/a.gz')
    expect(await count(archive)).toBe(2)
  })

  it('refuses an object that changed since it was listed', async () => {
    await put('changed/a.gz', { type: 'page' })
    const [archive] = await list('s3://logs/changed/')
    await put('changed/a.gz', { type: 'screen' })
    await expect(count(archive)).rejects.toThrow(
      'Cannot read s3://logs/changed/a.gz: it changed since it was listed; run the command again.'
    )
  })

  it('says that there is no such bucket', async () => {
    await expect(list('s3://nowhere/x')).rejects.toThrow('Cannot list s3://nowhere/x: there is no such bucket.')
  })

  it('says that nothing under a prefix is an archive', async () => {
    await expect(list('s3://logs/none/')).rejects.toThrow('No object in s3://logs/none/ is an archive')
  })

  it.each([
    ['ExpiredToken', 400, 'the credentials have expired; get new ones'],
    ['AccessDenied', 403, 'these credentials may not read it']
  ])('says what %s means', async (code, status, message) => {
    const stub = createServer((_, response) => {
      response.writeHead(status, { 'content-type': 'application/xml' })
      response.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>No.</Message></Error>`)
    }).listen(0, '127.0.0.1')
    await once(stub, 'listening')
    try {
      const address = `http://127.0.0.1:${(stub.address() as AddressInfo).port}`
      await expect(list('s3://logs/x', address)).rejects.toThrow(`Cannot list s3://logs/x: ${message}.`)
    } finally {
      stub.closeAllConnections()
      stub.close()
    }
  })

  it('goes on where a connection broke, and loses nothing', async () => {
    const bytes = gzipSync(Array.from({ length: 500 }, (_, id) => JSON.stringify({ type: 'page', id })).join('\n'))
    const ranges: (string | undefined)[] = []
    const listing = `<?xml version="1.0"?><ListBucketResult><Contents><Key>a.gz</Key><Size>${bytes.length}</Size>
      <ETag>"1"</ETag></Contents></ListBucketResult>`
    const stub = createServer(({ url = '', headers: { range } }, response) => {
      if (url.includes('list-type')) return response.writeHead(200, { 'content-type': 'application/xml' }).end(listing)
      ranges.push(range)
      const start = Number(/\d+/.exec(range ?? '0')?.[0])
      response.writeHead(range ? 206 : 200, { 'content-length': bytes.length - start, etag: '"1"' })
      if (start > 0) return response.end(bytes.subarray(start))
      return response.write(bytes.subarray(0, 100), () => setTimeout(() => response.destroy(), 50))
    }).listen(0, '127.0.0.1')
    await once(stub, 'listening')
    try {
      const [archive] = await list('s3://logs/', `http://127.0.0.1:${(stub.address() as AddressInfo).port}`)
      expect(await count(archive)).toBe(500)
      expect(ranges).toEqual([undefined, 'bytes=100-'])
    } finally {
      stub.closeAllConnections()
      stub.close()
    }
  })
})
