import { CommanderError } from 'commander'
import { Failure } from './failure'
import { program } from './program'

program()
  .parseAsync()
  .catch((error: unknown) => {
    if (error instanceof CommanderError) process.exitCode = error.exitCode
    else {
      console.error(error instanceof Failure ? error.message : error)
      process.exitCode = 1
    }
  })
