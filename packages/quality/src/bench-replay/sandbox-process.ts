/** A process that runs a sandbox, and tells what it used when it is asked. */
import { createRequire } from 'node:module'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type * as Sandbox from '@tractionboard/sandbox'
import { usageOf, usageSince } from './usage'

/** Compiled, because tsx adds work to every function. */
const { startSandbox } = createRequire(__filename)('../../../sandbox/dist') as typeof Sandbox

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** The bytes that are still in use. */
function memory(): number {
  collectGarbage()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

void startSandbox().then(({ origin, token }) => {
  const bytes = memory()
  const start = usageOf(process.resourceUsage())
  process.on('message', () => {
    const usage = usageSince(start)
    process.send?.({ ...usage, memory: memory() - bytes })
  })
  process.send?.({ origin, token })
})

// The run has ended.
process.once('disconnect', () => process.exit(0))
