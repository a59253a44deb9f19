/**
 * Replay at the scale of an archive: what `tractionboard replay` and the sandbox need for each call, relative to what the
 * destination needs in process with HTTP stubbed. Options: `--calls N`, `--seed N`; `--large N` for a second archive whose
 * replay must need no more memory; `--before DIR` for an older compiled destination to compare with.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { meanBy } from 'lodash'
import { formatCount, integerOptions, writeFigures } from '../shared/figures'
import { writeArchive } from './archive'
import { DESTINATION, measureInProcess, measureReplay, startSandboxProcess, type SandboxProcess } from './processes'

const MEBIBYTE = 2 ** 20

/** How often the panel is computed: the median counts. */
const PANEL_RUNS = 3

/**
 * How often the archive goes through the destination in process and then through `replay`. The median of the ratios counts,
 * because a machine may be half as fast from one minute to the next.
 */
const ROUNDS = 3

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

/** The processor time of the destination, and its ratio to that of the other one. */
interface InProcess {
  cpu: number
  ratio: number
}

/**
 * Sends archives through two destinations at once: the earlier one and this one, or this one twice. They can be compared,
 * because both have the same machine; and with `replay`, because that shares the machine with the sandbox.
 */
async function measurePair(files: string[], earlier?: string): Promise<InProcess> {
  const [one, other] = await Promise.all(
    [DESTINATION, earlier ?? DESTINATION].map((destination) => measureInProcess(destination, files))
  )
  return { cpu: earlier === undefined ? (one.cpu + other.cpu) / 2 : one.cpu, ratio: one.cpu / other.cpu }
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

/** Makes a folder with an archive. */
function makeArchive(parent: string, name: string, calls: number, seed: number): { folder: string; files: string[] } {
  const path = join(parent, name)
  mkdirSync(path)
  return { folder: path, files: writeArchive(path, calls, seed) }
}

/** An archive that went through `replay`, and what it needed in process just before and after. */
interface Round extends Awaited<ReturnType<typeof measureDelivery>> {
  inProcess: number
}

async function measure(folder: string, { calls, seed, large }: Record<'calls' | 'seed' | 'large', number>) {
  const { before } = parseArgs({ options: { before: { type: 'string' } }, strict: false }).values
  const earlier = typeof before === 'string' ? resolve(before) : undefined
  const archive = makeArchive(folder, 'archive', calls, seed)
  const pairs = [await measurePair(archive.files, earlier)]
  const rounds: Round[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const delivery = await measureDelivery(archive.files, archive.folder)
    pairs.push(await measurePair(archive.files, earlier))
    rounds.push({ ...delivery, inProcess: meanBy(pairs.slice(-2), 'cpu') })
  }
  const medianOf = (figure: (round: Round) => number) => median(rounds.map(figure))
  const peakMemory = Math.max(...rounds.map(({ replay }) => replay.peakMemory))
  const figures: Figure[] = [
    {
      name: 'processor time of `replay`, relative to in process',
      value: medianOf(({ replay, inProcess }) => replay.cpu / inProcess),
      target: TARGETS.replay
    },
    {
      name: 'processor time of the sandbox, relative to in process',
      value: medianOf(({ sandbox, inProcess }) => sandbox.cpu / inProcess),
      target: TARGETS.sandboxMicroseconds / REFERENCE_MICROSECONDS
    },
    {
      name: 'time of `replay`, relative to the processor time in process',
      value: medianOf(({ replay, inProcess }) => (replay.seconds * 1_000_000) / inProcess),
      target: 1_000_000 / TARGETS.callsPerSecond / REFERENCE_MICROSECONDS
    },
    {
      name: 'time of the panel after a new event, relative to the calls in process',
      value: medianOf(({ panel, inProcess }) => (panel * 1000) / inProcess),
      target: TARGETS.panelMicroseconds / REFERENCE_MICROSECONDS,
      digits: 3
    },
    {
      name: 'memory of `replay` at its peak, MiB',
      value: peakMemory / MEBIBYTE,
      target: TARGETS.replayMebibytes,
      digits: 0
    },
    {
      name: 'memory of the sandbox, bytes an event',
      value: medianOf(({ sandbox }) => sandbox.memory / calls),
      target: TARGETS.sandboxBytes,
      digits: 0
    }
  ]
  if (earlier !== undefined) {
    const value = median(pairs.map(({ ratio }) => ratio))
    figures.push({ name: 'in process, relative to the earlier destination', value, target: TARGETS.earlier })
  }
  if (large > 0) {
    const other = makeArchive(folder, 'large', large, seed + 1)
    const { replay: ofLarge } = await measureDelivery(other.files, other.folder)
    const name = `memory of \`replay\` for ${formatCount(large)} calls, relative to ${formatCount(calls)}`
    figures.push({ name, value: ofLarge.peakMemory / peakMemory, target: TARGETS.large })
  }
  const perCall = (figure: (round: Round) => number) => `${(medianOf(figure) / calls).toFixed(1)} µs`
  console.log(
    [
      `On this machine, a call needs: in process ${perCall(({ inProcess }) => inProcess)}, replay ${perCall(({ replay }) => replay.cpu)}, sandbox ${perCall(({ sandbox }) => sandbox.cpu)}.`,
      `${formatCount(Math.round(calls / medianOf(({ replay }) => replay.seconds)))} calls a second; the panel takes ${medianOf(({ panel }) => panel).toFixed(0)} ms.`
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
        `An archive of ${formatCount(options.calls)} calls of ${formatCount(Math.ceil(options.calls / 20))} people, gzipped, goes through \`tractionboard replay\` into a sandbox, each in a process of its own. The measure is what the same calls need in process: gunzip, parse, route, map, validate, perform and make the requests, with the network stubbed. In process, two run at once, because \`replay\` shares the machine with the sandbox. All of this is done ${ROUNDS} times in turn, and the median counts. The targets are ${formatCount(TARGETS.callsPerSecond)} calls a second, ${TARGETS.sandboxMicroseconds} µs a call for the sandbox, and a second for the panel, on a machine where a call needs ${REFERENCE_MICROSECONDS} µs in process. The sandbox's time includes the panel that \`replay\` shows at its end.`
      ],
      tables: [{ head: ['what', 'measured', 'at most'], rows }]
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

void main()
