import { execute } from './execute'

// A reader such as `head` may close the output early.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

void execute(process.argv.slice(2)).then((exitCode) => (process.exitCode = exitCode))
