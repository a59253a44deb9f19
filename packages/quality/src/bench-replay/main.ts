/**
 * Replay at the scale of an archive: what `tractionboard replay` and the sandbox need for each call, relative to what the
 * destination needs in process with HTTP stubbed. Options: `--calls N`, `--seed N`; `--large N` for a second archive whose
 * replay must need no more memory; `--before DIR` for an older compiled destination to compare with.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { formatCount, integerOptions, writeFigures } from '../shared/figures'
import { writeArchive } from './archive'
import { DESTINATION, measureInProcess, measureReplay, startSandboxProcess, type SandboxProcess } from './processes'

const MEBIBYTE = 2 ** 20

/** How often the panel is computed: the median counts. */
const PANEL_RUNS = 3

/** How much of an archive an earlier destination is compared on, and how often. */
const COMPARED_OBJECTS = 5
const COMPARED_RUNS = 5

/** A measured figure, and the target that it may not exceed. */
interface Figure {
  name: string
  value: number
  digits?: number
  target?: number
}

/** The milliseconds of the panel when everything must be computed anew. */
async function measurePanel({ origin }: SandboxProcess): Promise<number> {
  const times: number[] = []
  for (let run = 0; run < PANEL_RUNS; run += 1) {
    // A change, so that the panel is not the one of before.
    const body = JSON.stringify({ USD: run })
    await fetch(`${origin}/sandbox/spend`, { method: 'PUT', body, headers: { 'content-type': 'application/json' } })
    const start = performance.now()
    await (await fetch(`${origin}/sandbox/dashboard`)).text()
    times.push(performance.now() - start)
  }
  return median(times)
}

/** The processor time of the destination relative to an earlier one: the median of some runs, each in turn. */
async function compareInProcess(earlier: string, files: string[]): Promise<number> {
  const ratios: number[] = []
  for (let run = 0; run < COMPARED_RUNS; run += 1) {
    const { cpu } = await measureInProcess(earlier, files)
    ratios.push((await measureInProcess(DESTINATION, files)).cpu / cpu)
  }
  return median(ratios)
}

const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]

/** Replays an archive into a sandbox. Times are in microseconds a call. */
async function measureDelivery(files: string[], calls: number, folder: string) {
  const sandbox = await startSandboxProcess()
  try {
    const replay = await measureReplay(files, sandbox, folder)
    const { cpu, memory, peakMemory } = await sandbox.usage()
    return { replay, sandbox: { cpu, peakMemory, bytes: memory / calls }, panel: await measurePanel(sandbox) }
  } finally {
    sandbox.close()
  }
}

/** Makes a folder with an archive. */
function makeArchive(folder: string, name: string, calls: number, seed: number): { folder: string; files: string[] } {
  const path = join(folder, name)
  mkdirSync(path)
  return { folder: path, files: writeArchive(path, calls, seed) }
}

async function measure(folder: string, { calls, seed, large }: Record<'calls' | 'seed' | 'large', number>) {
  const { before } = parseArgs({ options: { before: { type: 'string' } }, strict: false }).values
  const archive = makeArchive(folder, 'archive', calls, seed)
  const inProcess = await measureInProcess(DESTINATION, archive.files)
  if (inProcess.sent !== calls) throw new Error(`Only ${inProcess.sent} of ${calls} calls were sent.`)
  const { replay, sandbox, panel } = await measureDelivery(archive.files, calls, archive.folder)
  const figures: Figure[] = [
    { name: 'processor time of `replay`, relative to in process', value: replay.cpu / inProcess.cpu, target: 1.4 },
    { name: 'processor time of the sandbox, relative to in process', value: sandbox.cpu / inProcess.cpu, target: 0.45 },
    {
      name: 'time of the panel, relative to the calls in process',
      value: (panel * 1000) / inProcess.cpu,
      target: 0.023,
      digits: 3
    },
    { name: 'memory of `replay` at its peak, MiB', value: replay.peakMemory / MEBIBYTE, target: 300, digits: 0 },
    { name: 'memory of the sandbox, bytes an event', value: sandbox.bytes, target: 600, digits: 0 }
  ]
  if (typeof before === 'string') {
    const value = await compareInProcess(resolve(before), archive.files.slice(0, COMPARED_OBJECTS))
    figures.push({ name: 'in process, relative to the earlier destination', value, target: 0.82 })
  }
  if (large > 0) {
    const other = makeArchive(folder, 'large', large, seed + 1)
    const { replay: ofLarge } = await measureDelivery(other.files, large, other.folder)
    const name = `memory of \`replay\` for ${formatCount(large)} calls, relative to ${formatCount(calls)}`
    figures.push({ name, value: ofLarge.peakMemory / replay.peakMemory, target: 1.1 })
  }
  const perCall = (cpu: number) => `${(cpu / calls).toFixed(1)} µs`
  console.log(
    [
      `On this machine, a call needs: in process ${perCall(inProcess.cpu)}, replay ${perCall(replay.cpu)}, sandbox ${perCall(sandbox.cpu)}.`,
      `${formatCount(Math.round(calls / replay.seconds))} calls a second; the panel takes ${panel.toFixed(0)} ms.`,
      `At their peak, in process ${(inProcess.peakMemory / MEBIBYTE).toFixed(0)} MiB, the sandbox ${(sandbox.peakMemory / MEBIBYTE).toFixed(0)} MiB.`
    ].join('\n')
  )
  return figures
}

async function main(): Promise<void> {
  const options = integerOptions({ calls: 1_000_000, seed: 20260302, large: 0 })
  const folder = mkdtempSync(join(tmpdir(), 'tractionboard-'))
  try {
    const figures = await measure(folder, options)
    const rows = figures.map(({ name, value, digits = 2, target }) => [name, value.toFixed(digits), target ?? ''])
    for (const row of rows) console.log(row.join(' | '))
    await writeFigures({
      id: 'replay',
      title: 'Replay',
      command: 'npm run bench:replay',
      seed: options.seed,
      text: [
        `An archive of ${formatCount(options.calls)} calls of ${formatCount(Math.ceil(options.calls / 20))} people, gzipped, goes through \`tractionboard replay\` into a sandbox, each in a process of its own. The measure is what the same calls need in process: gunzip, parse, route, map, validate and perform, with HTTP stubbed. The sandbox's time includes the panel that \`replay\` shows at its end.`
      ],
      tables: [{ head: ['what', 'measured', 'at most'], rows }]
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

void main()
