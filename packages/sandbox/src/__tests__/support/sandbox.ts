import { startSandbox, type Sandbox, type SandboxOptions } from '../..'

/**
 * Starts a sandbox for the tests of a file, and resets it before each of them.
 *
 * @returns a function that gives the sandbox, to be called in a test.
 */
export function useSandbox(options?: SandboxOptions): () => Sandbox {
  let sandbox: Sandbox
  beforeAll(async () => {
    sandbox = await startSandbox(options)
  })
  beforeEach(() => sandbox.reset())
  afterAll(() => sandbox.close())
  return () => sandbox
}
