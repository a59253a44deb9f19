import { program } from '../program'
import { readPackageJson } from '../package-files'

// The help is slow if it loads one of these.
function mockFailure(): never {
  throw new Error('This must not be loaded for the help.')
}
jest.mock('@segment/actions-core', mockFailure)
jest.mock('@tractionboard/contract', mockFailure)
jest.mock('@tractionboard/destination', mockFailure)
jest.mock('@tractionboard/lint', mockFailure)
jest.mock('@tractionboard/local-segment', mockFailure)
jest.mock('@tractionboard/sandbox', mockFailure)
jest.mock('json-schema-to-typescript', mockFailure)

describe('program', () => {
  it('describes every command without loading what the commands run', () => {
    const { commands } = program()
    expect(program().helpInformation()).toContain('Usage: tractionboard')
    for (const command of commands)
      expect(command.helpInformation()).toContain(`Usage: tractionboard ${command.name()}`)
  })

  it('prints the version of its package', async () => {
    let printed = ''
    const command = program().configureOutput({ writeOut: (text) => (printed += text) })
    await expect(command.parseAsync(['--version'], { from: 'user' })).rejects.toThrow()
    expect(printed).toBe(`${readPackageJson<{ version: string }>('package.json').version}\n`)
  })
})
