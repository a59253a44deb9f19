/* eslint-disable @typescript-eslint/no-require-imports -- an import statement would load these at the start */

/**
 * What the commands run, loaded when it is called. actions-core, the sandbox and the generator of types take long to load,
 * and neither `--help` nor the message about a mistyped option should wait for them.
 */
export const load = {
  console: () => require('./run/console') as typeof import('./run/console'),
  contribute: () => require('./run/contribute') as typeof import('./run/contribute'),
  generate: () => require('./run/generate') as typeof import('./run/generate'),
  inspect: () => require('./run/inspect') as typeof import('./run/inspect'),
  queue: () => require('./run/queue') as typeof import('./run/queue'),
  register: () => require('./run/register') as typeof import('./run/register'),
  replay: () => require('./run/replay') as typeof import('./run/replay'),
  replayStatus: () => require('./run/replay-status') as typeof import('./run/replay-status'),
  sandbox: () => require('./run/sandbox') as typeof import('./run/sandbox'),
  start: () => require('./run/start') as typeof import('./run/start'),
  try: () => require('./run/try') as typeof import('./run/try'),
  validate: () => require('./run/validate') as typeof import('./run/validate')
}
