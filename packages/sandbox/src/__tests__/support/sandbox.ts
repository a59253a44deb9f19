import { startSandbox, type Sandbox, type SandboxOptions } from '../..'

/**
 * Gives the tests of a file one sandbox, as if new for each of them.
 *
 * @returns a function that gives the sandbox, inside of a test.
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
