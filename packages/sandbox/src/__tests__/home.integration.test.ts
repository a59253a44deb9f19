import { startSandbox } from '..'

/** What a browser gets at `/`. */
async function home(pageUrl?: () => string, accept = 'text/html,*/*;q=0.8') {
  const sandbox = await startSandbox({ pageUrl })
  try {
    const response = await fetch(`${sandbox.origin}/`, { headers: { accept } })
    return { status: response.status, text: await response.text() }
  } finally {
    await sandbox.close()
  }
}

describe('GET /', () => {
  it('tells a browser where the page is', async () => {
    const { status, text } = await home(() => 'http://127.0.0.1:4100')
    expect(status).toBe(200)
    expect(text).toContain('<a href="http://127.0.0.1:4100">')
  })

  it('tells a browser how to get a page, if there is none', async () => {
    expect((await home()).text).toContain('tractionboard start')
  })

  it('is not found by clients that ask for no HTML', async () => {
    expect((await home(() => 'http://127.0.0.1:4100', 'application/json')).status).toBe(404)
  })
})
