/** The sandbox in a process of its own, so that it may crash or hang without taking the run along. */
import { startSandbox } from '@tractionboard/sandbox'

void startSandbox().then(({ origin, token }) => process.send?.({ origin, token }))

// Without the run there is nobody to serve.
process.once('disconnect', () => process.exit(0))
