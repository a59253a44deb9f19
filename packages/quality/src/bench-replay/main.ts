/**
 * Replay at the scale of an archive: what `tractionboard replay` and the sandbox need for each call, relative to what the
 * destination needs in process with HTTP stubbed.
 *
 * Options: `--calls N`, `--seed N`; `--before DIR` for an older checkout to compare with, installed and built; `--large N`
 * for a second archive whose replay must need no more memory. For ten million calls, the sandbox needs
 * `NODE_OPTIONS=--max-old-space-size=12000`.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { formatCount, integerOptions, writeFigures } from '../shared/figures'
import { writeArchive } from './archive'
import { REPOSITORY, measureInProcess, measureReplay, startSandboxProcess, type SandboxProcess } from './processes'

const MEBIBYTE = 2 ** 20

/** How often the panel is computed: the median counts. */
const PANEL_RUNS = 3

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

/** Replays an archive while it also goes through the destination in process: in another minute, a machine may be half as fast. */
async function measureBeside(files: string[], folder: string) {
  const [[inProcess], { replay, sandbox }] = await Promise.all([
    measureInProcess([REPOSITORY], files),
    measureDelivery(files, folder)
  ])
  return { inProcess, replay: replay.cpu, sandbox: sandbox.cpu }
}

/**
 * What a call needs in process, relative to an older checkout. It is measured in both orders, because the checkout that
 * begins also pays for what V8 compiles for both.
 */
async function compareInProcess(checkout: string, older: string, files: string[]): Promise<number> {
  const [[now, before], [laterBefore, laterNow]] = await Promise.all([
    measureInProcess([checkout, older], files),
    measureInProcess([older, checkout], files)
  ])
  return (now + laterNow) / (before + laterBefore)
}

async function measure(folder: string, { calls, seed, large }: Record<'calls' | 'seed' | 'large', number>) {
  const { before } = parseArgs({ options: { before: { type: 'string' } }, strict: false }).values
  const archive = makeArchive(folder, 'archive', calls, seed)
  const cpu = await measureBeside(archive.files, archive.folder)
  const { replay, sandbox, panel } = await measureDelivery(archive.files, archive.folder)
  // What the calls would have needed in process in the minutes of this replay.
  const inProcess = (cpu.inProcess * replay.cpu) / cpu.replay
  const figures: Figure[] = [
    {
      name: 'processor time of `replay`, relative to in process',
      value: cpu.replay / cpu.inProcess,
      target: TARGETS.replay
    },
    {
      name: 'processor time of the sandbox, relative to in process',
      value: cpu.sandbox / cpu.inProcess,
      target: TARGETS.sandboxMicroseconds / REFERENCE_MICROSECONDS
    },
    {
      name: 'time of `replay`, relative to the processor time in process',
      value: (replay.seconds * 1_000_000) / inProcess,
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
  if (typeof before === 'string') {
    const value = await compareInProcess(REPOSITORY, resolve(before), archive.files)
    figures.push({ name: 'in process, relative to the earlier checkout', value, target: TARGETS.earlier })
  }
  if (large > 0) {
    const other = makeArchive(folder, 'large', large, seed + 1)
    const { replay: ofLarge } = await measureDelivery(other.files, other.folder)
    const name = `memory of \`replay\` for ${formatCount(large)} calls, relative to ${formatCount(calls)}`
    figures.push({ name, value: ofLarge.peakMemory / replay.peakMemory, target: TARGETS.large })
  }
  const perCall = (microseconds: number) => `${(microseconds / calls).toFixed(1)} µs`
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
        `An archive of ${formatCount(options.calls)} calls of ${formatCount(Math.ceil(options.calls / 20))} people, gzipped, goes through \`tractionboard replay\` into a sandbox, each in a process of its own. The measure is what the same calls need in process: gunzip, parse, route, map, validate, perform and make the requests, with the network stubbed. Processor times are compared while both run at the same time, because a machine may be half as fast in another minute; then the archive is replayed alone for the other figures. The targets are ${formatCount(TARGETS.callsPerSecond)} calls a second, ${TARGETS.sandboxMicroseconds} µs a call for the sandbox, and a second for the panel, on a machine where a call needs ${REFERENCE_MICROSECONDS} µs in process. The sandbox's time includes the panel that \`replay\` shows at its end.`
      ],
      tables: [{ head: ['what', 'measured', 'at most'], rows }]
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

void main()
