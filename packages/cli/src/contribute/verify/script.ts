import { spawn } from 'node:child_process'
import { stripVTControlCharacters } from 'node:util'

/** How long a script may take to end when it is told to, in milliseconds. After that it is killed. */
const GRACE_MS = 2000

export interface ScriptOptions {
  /** The path of a JavaScript file. */
  file: string
  args: string[]
  cwd: string
  env: NodeJS.ProcessEnv
  /** How long it may take, in seconds. */
  limit: number
  /** Ends it when aborted. */
  signal?: AbortSignal
}

/** What became of a script. */
export interface Run {
  /** Its exit code; null if it was ended. */
  code: number | null
  isTimedOut: boolean
  stdout: string
  /** Standard output and standard error, as they came, without colors. */
  output: string
}

export interface Script {
  done: Promise<Run>
  /** Ends the script and every process that it started. */
  stop(): Promise<void>
}

/**
 * Starts a script with the Node that runs this process.
 *
 * It gets a process group of its own, so that the processes that it starts end with it: when it ends, when its time is up,
 * or when the signal is aborted.
 */
export function startScript({ file, args, cwd, env, limit, signal }: ScriptOptions): Script {
  const child = spawn(process.execPath, [file, ...args], {
    cwd,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe']
  })
  const run: Run = { code: null, isTimedOut: false, stdout: '', output: '' }
  const collect = (key: 'stdout' | 'output') => (chunk: string) => (run[key] += stripVTControlCharacters(chunk))
  child.stdout.setEncoding('utf8').on('data', collect('stdout')).on('data', collect('output'))
  child.stderr.setEncoding('utf8').on('data', collect('output'))

  const kill = (name: NodeJS.Signals) => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, name)
    } catch {
      // All of them have ended.
    }
  }
  let killTimer: NodeJS.Timeout | undefined
  const end = () => {
    kill('SIGTERM')
    killTimer ??= setTimeout(() => kill('SIGKILL'), GRACE_MS)
  }
  const limitTimer = setTimeout(() => {
    run.isTimedOut = true
    end()
  }, limit * 1000)
  signal?.addEventListener('abort', end)
  if (signal?.aborted) end()

  const done = new Promise<Run>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => {
      run.code = code
      // What it left running would keep its output open.
      kill('SIGKILL')
    })
    child.once('close', () => resolve(run))
  }).finally(() => {
    clearTimeout(limitTimer)
    clearTimeout(killTimer)
    signal?.removeEventListener('abort', end)
  })
  return {
    done,
    stop: async () => {
      end()
      await done
    }
  }
}
