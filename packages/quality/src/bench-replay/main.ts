/**
 * Replay at the scale of an archive: what `tractionboard replay` and the sandbox need for each call, relative to what the
 * destination needs in process with HTTP stubbed. Options: `--calls N`, `--seed N`; `--large N` for a second archive whose
 * replay must need no more memory; `--before DIR` for an older compiled destination to compare with.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { chunk, meanBy } from 'lodash'
import { formatCount, integerOptions, writeFigures } from '../shared/figures'
import { writeArchive } from './archive'
import { DESTINATION, measureInProcess, measureReplay, startSandboxProcess, type SandboxProcess } from './processes'

const MEBIBYTE = 2 ** 20

/** How often the panel is computed: the median counts. */
const PANEL_RUNS = 3

/**
 * Into how many parts the archive is divided. Each goes through the destination in process and then through `replay`, and
 * the median of the ratios counts, because a machine may be half as fast from one minute to the next.
 */
const PARTS = 5

/** How much of an archive an earlier destination is compared on, and how often. */
const COMPARED_OBJECTS = 5
const COMPARED_RUNS = 5

/**
 * What a call needs in process on the machine that the targets in microseconds and seconds are meant for. On any other
 * machine they are as many times more as the call needs more there.
 */
const REFERENCE_MICROSECONDS = 36

/** What the figures may not exceed. The microseconds are for each call; of the panel, one is a second for a million calls. */
const TARGETS = {
  replay: 1.4,
  callsPerSecond: 15_000,
  sandboxMicroseconds: 20,
  panelMicroseconds: 1,
  replayMebibytes: 300,
  sandboxBytes: 600,
  earlier: 0.82,
  large: 1.1
}

/** A measured figure, and the target that it may not exceed. */
interface Figure {
  name: string
  value: number
  digits?: number
  target?: number
}

/** The milliseconds of the panel after a new event. */
async function measurePanel({ origin, token }: SandboxProcess): Promise<number> {
  const times: number[] = []
  for (let run = 0; run < PANEL_RUNS; run += 1) {
    const event = { type: 'login', id: `panel-${run}`, occurred_at: '2026-06-30T00:00:00Z', external_user_id: 'panel' }
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
    await fetch(`${origin}/v1/events`, { method: 'POST', body: JSON.stringify({ events: [event] }), headers })
    const start = performance.now()
    await (await fetch(`${origin}/sandbox/dashboard`)).text()
    times.push(performance.now() - start)
  }
  return median(times)
}

/**
 * Sends archives through two destinations at once. What they need can be compared, because both had the same machine; and
 * with what `replay` needs, because that shares the machine with the sandbox.
 */
const measurePair = (one: string, other: string, files: string[]) =>
  Promise.all([measureInProcess(one, files), measureInProcess(other, files)])

/** The processor time of the destination: the mean of two. */
async function measureDestination(files: string[]): Promise<number> {
  const pair = await measurePair(DESTINATION, DESTINATION, files)
  return meanBy(pair, 'cpu')
}

/** The processor time of the destination relative to an earlier one: the median of some runs. */
async function compareInProcess(earlier: string, files: string[]): Promise<number> {
  const ratios: number[] = []
  for (let run = 0; run < COMPARED_RUNS; run += 1) {
    const [now, before] = await measurePair(DESTINATION, earlier, files)
    ratios.push(now.cpu / before.cpu)
  }
  return median(ratios)
}

const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]

/** Replays archives into a sandbox of their own. */
async function measureDelivery(files: string[], folder: string) {
  const sandbox = await startSandboxProcess()
  try {
    const replay = await measureReplay(files, sandbox, folder)
    const { cpu, memory } = await sandbox.usage()
    return { replay, sandbox: { cpu, memory }, panel: await measurePanel(sandbox) }
  } finally {
    sandbox.close()
  }
}

/** What `replay` needs for a part of an archive, relative to the processor time in process. */
interface PartRatios {
  cpu: number
  elapsed: number
}

/** Sends each part of an archive through the destination in process, and then replays it. */
async function compareParts(files: string[], folder: string): Promise<PartRatios[]> {
  const { replay: start } = await measureDelivery([makeArchive(folder, 'start', 1, 1).folder], folder)
  /** The command starts once for an archive, and not for each of its parts. */
  const ofPart = (whole: number, ofStart: number) => whole - ofStart + ofStart / PARTS
  const ratios: PartRatios[] = []
  for (const part of chunk(files, Math.ceil(files.length / PARTS))) {
    const cpu = await measureDestination(part)
    const { replay } = await measureDelivery(part, folder)
    const elapsed = ofPart(replay.seconds, start.seconds) * 1_000_000
    ratios.push({ cpu: ofPart(replay.cpu, start.cpu) / cpu, elapsed: elapsed / cpu })
  }
  return ratios
}

function makeFolder(parent: string, name: string): string {
  const path = join(parent, name)
  mkdirSync(path)
  return path
}

/** Makes a folder with an archive. */
function makeArchive(parent: string, name: string, calls: number, seed: number): { folder: string; files: string[] } {
  const path = makeFolder(parent, name)
  return { folder: path, files: writeArchive(path, calls, seed) }
}

async function measure(folder: string, { calls, seed, large }: Record<'calls' | 'seed' | 'large', number>) {
  const { before: earlier } = parseArgs({ options: { before: { type: 'string' } }, strict: false }).values
  const archive = makeArchive(folder, 'archive', calls, seed)
  const inProcess = await measureDestination(archive.files)
  const { replay, sandbox, panel } = await measureDelivery(archive.files, archive.folder)
  const parts = await compareParts(archive.files, makeFolder(folder, 'parts'))
  const medianOf = (name: keyof PartRatios) => median(parts.map((part) => part[name]))
  const replayRatio = medianOf('cpu')
  const figures: Figure[] = [
    { name: 'processor time of `replay`, relative to in process', value: replayRatio, target: TARGETS.replay },
    {
      name: 'processor time of the sandbox, relative to in process',
      // The two run at the same time, on the same machine.
      value: (sandbox.cpu / replay.cpu) * replayRatio,
      target: TARGETS.sandboxMicroseconds / REFERENCE_MICROSECONDS
    },
    {
      name: 'time of `replay`, relative to the processor time in process',
      value: medianOf('elapsed'),
      target: 1_000_000 / TARGETS.callsPerSecond / REFERENCE_MICROSECONDS
    },
    {
      name: 'time of the panel after a new event, relative to the calls in process',
      value: (panel * 1000) / inProcess,
      target: TARGETS.panelMicroseconds / REFERENCE_MICROSECONDS,
      digits: 3
    },
    {
      name: 'memory of `replay` at its peak, MiB',
      value: replay.peakMemory / MEBIBYTE,
      target: TARGETS.replayMebibytes,
      digits: 0
    },
    {
      name: 'memory of the sandbox, bytes an event',
      value: sandbox.memory / calls,
      target: TARGETS.sandboxBytes,
      digits: 0
    }
  ]
  if (typeof earlier === 'string') {
    const value = await compareInProcess(resolve(earlier), archive.files.slice(0, COMPARED_OBJECTS))
    figures.push({ name: 'in process, relative to the earlier destination', value, target: TARGETS.earlier })
  }
  if (large > 0) {
    const other = makeArchive(folder, 'large', large, seed + 1)
    const { replay: ofLarge } = await measureDelivery(other.files, other.folder)
    const name = `memory of \`replay\` for ${formatCount(large)} calls, relative to ${formatCount(calls)}`
    figures.push({ name, value: ofLarge.peakMemory / replay.peakMemory, target: TARGETS.large })
  }
  const perCall = (cpu: number) => `${(cpu / calls).toFixed(1)} µs`
  console.log(
    [
      `On this machine, a call needs: in process ${perCall(inProcess)}, replay ${perCall(replay.cpu)}, sandbox ${perCall(sandbox.cpu)}.`,
      `${formatCount(Math.round(calls / replay.seconds))} calls a second; the panel takes ${panel.toFixed(0)} ms.`
    ].join('\n')
  )
  return figures
}

async function main(): Promise<void> {
  const options = integerOptions({ calls: 1_000_000, seed: 20260302, large: 0 })
  const folder = mkdtempSync(join(tmpdir(), 'tractionboard-'))
  try {
    const figures = await measure(folder, options)
    const rows = figures.map(({ name, value, digits = 2, target }) => [
      name,
      value.toFixed(digits),
      target?.toFixed(digits) ?? ''
    ])
    for (const row of rows) console.log(row.join(' | '))
    await writeFigures({
      id: 'replay',
      title: 'Replay',
      command: 'npm run bench:replay',
      seed: options.seed,
      text: [
        `An archive of ${formatCount(options.calls)} calls of ${formatCount(Math.ceil(options.calls / 20))} people, gzipped, goes through \`tractionboard replay\` into a sandbox, each in a process of its own. The measure is what the same calls need in process: gunzip, parse, route, map, validate, perform and make the requests, with the network stubbed. For the times of \`replay\`, each of ${PARTS} parts of the archive goes through both in turn, the start of the command counts once, and the median counts; the other figures are of the archive as a whole, and the sandbox's time is compared with that of the \`replay\` that ran beside it. In process, two run at once, because \`replay\` shares the machine, too. The targets are ${formatCount(TARGETS.callsPerSecond)} calls a second, ${TARGETS.sandboxMicroseconds} µs a call for the sandbox, and a second for the panel, on a machine where a call needs ${REFERENCE_MICROSECONDS} µs in process. The sandbox's time includes the panel that \`replay\` shows at its end.`
      ],
      tables: [{ head: ['what', 'measured', 'at most'], rows }]
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

void main()
