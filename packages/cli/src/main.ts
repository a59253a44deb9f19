import { CommanderError } from 'commander'
import { isExpected } from './errors'
import { program } from './program'

// A reader such as `head` may close the output early.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

program()
  .parseAsync()
  .catch((error: unknown) => {
    if (error instanceof CommanderError) process.exitCode = error.exitCode
    else {
      console.error(isExpected(error) ? error.message : error)
      process.exitCode = 1
    }
  })
