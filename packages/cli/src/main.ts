import { execute } from './execute'

/** What shells report for a process that SIGPIPE ended: 128 and the signal's number. */
const SIGPIPE_EXIT_CODE = 141

// A reader such as `head` may close the output early. That is no 0: nobody has read what failed.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(SIGPIPE_EXIT_CODE)
  throw error
})

void execute(process.argv.slice(2)).then((exitCode) => (process.exitCode = exitCode))
