/** Runs the sandbox in its own process, so that a crash or a hang does not stop the run. */
import { startSandbox } from '@tractionboard/sandbox'

void startSandbox().then(({ origin, token }) => process.send?.({ origin, token }))

// The run has ended.
process.once('disconnect', () => process.exit(0))
