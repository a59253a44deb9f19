import { join } from 'node:path'
import { CliError } from '../errors'
import { program } from '../program'

describe('tractionboard validate', () => {
  let output: string

  beforeEach(() => {
    output = ''
    jest.spyOn(console, 'log').mockImplementation((text: string) => (output += `${text}\n`))
  })

  afterEach(() => jest.restoreAllMocks())

  const run = (...args: string[]) => program().parseAsync(['validate', ...args], { from: 'user' })
  const fixture = (name: string) => join(__dirname, '../../../testing/src/definitions', name)

  it("validates Tractionboard's own definition if none is named", async () => {
    await run()
    expect(output).toBe('Tractionboard (Actions): no errors, no warnings.\n')
  })

  it('fails on an error, and tells under each rule what was found', async () => {
    await expect(run(fixture('faulty.ts'))).rejects.toThrow(new CliError('Faulty: 1 error, 1 warning.'))
    expect(output).toMatch(/^error description: .*\n {2}destination: has no description\. Write one\.\n/)
    expect(output).toMatch(/\nwarning preset-overlap: .*\n {2}preset "Payments": matches what "All Tracks" matches too/)
  })

  it('prints only JSON with --json', async () => {
    await expect(run(fixture('faulty.ts'), '--json')).rejects.toThrow(CliError)
    expect(JSON.parse(output)).toEqual({
      definition: 'Faulty',
      ok: false,
      findings: [
        { rule: 'description', severity: 'error', where: {}, message: 'has no description. Write one.' },
        {
          rule: 'preset-overlap',
          severity: 'warning',
          where: { preset: 'Payments' },
          message: expect.any(String) as string
        }
      ]
    })
  })

  it('prints a JSON report without findings', async () => {
    await run(fixture('minimal.ts'), '--json')
    expect(JSON.parse(output)).toEqual({ definition: 'Minimal', ok: true, findings: [] })
  })

  it('accepts a CommonJS module, and more sample calls', async () => {
    await expect(run(fixture('custom.js'))).rejects.toThrow('Custom: 1 error, no warnings.')
    await run(fixture('custom.js'), '--calls', fixture('calls.ndjson'))
    expect(output).toMatch(/Custom: no errors, no warnings\.\n$/)
  })

  it.each([
    ['absent.js', /absent\.js cannot be loaded: Cannot find module/],
    ['throwing.js', /throwing\.js cannot be loaded: The database is asleep\.$/],
    ['nothing.ts', /nothing\.ts exports no destination definition\. Export one/],
    ['malformed.ts', /malformed\.ts exports an unusable destination definition: action pay, fields is not an object\.$/]
  ])('says in one sentence what is wrong with %s', async (name, message) => {
    const failure: unknown = await run(fixture(name)).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(CliError)
    expect((failure as CliError).message).toMatch(message)
    expect((failure as CliError).message).not.toContain('\n')
  })
})
