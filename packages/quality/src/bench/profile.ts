import { Session } from 'node:inspector/promises'
import type { Profiler } from 'node:inspector'

/** A share of the time, from 0 to 1. */
export interface Share {
  name: string
  share: number
}

/** Where time is spent. */
export interface Profile {
  /** By package, of all time. */
  packages: Share[]
  /** The share spent in the destination's functions and what they call. */
  action: number
  /** By function, of the time spent in the destination's functions and what they call. */
  functions: Share[]
}

/** Runs a function under V8's profiler. */
export async function profile(run: () => Promise<void>): Promise<Profile> {
  const session = new Session()
  session.connect()
  try {
    await session.post('Profiler.enable')
    await session.post('Profiler.setSamplingInterval', { interval: 200 })
    await session.post('Profiler.start')
    await run()
    const { profile } = await session.post('Profiler.stop')
    return summary(profile)
  } finally {
    session.disconnect()
  }
}

function summary({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): Profile {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const inAction = actionsOf(nodes)
  const packages = new Map<string, number>()
  const functions = new Map<string, number>()
  samples.forEach((id, index) => {
    const node = byId.get(id) as Profiler.ProfileNode
    add(packages, packageOf(node), timeDeltas[index])
    if (inAction.has(id)) add(functions, functionOf(node), timeDeltas[index])
  })
  return { packages: shares(packages), action: total(functions) / total(packages), functions: shares(functions) }
}

/** The ids of the nodes of the destination's functions and of all that they call. */
function actionsOf(nodes: Profiler.ProfileNode[]): Set<number> {
  const inside = new Set<number>()
  // V8 lists a node before its children.
  for (const node of nodes) {
    const { url } = node.callFrame
    if (isOurs(url)) inside.add(node.id)
    if (inside.has(node.id)) node.children?.forEach((child) => inside.add(child))
  }
  return inside
}

const OURS = '/packages/destination/dist/'

const isOurs = (url: string) => url.includes(OURS)

function packageOf({ callFrame: { url, functionName } }: Profiler.ProfileNode): string {
  if (isOurs(url)) return 'the destination'
  const inModules = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)
  if (inModules) return inModules[1]
  if (url === '') return functionName.startsWith('(') ? functionName : 'V8'
  return url.startsWith('node:') ? 'Node' : 'the run itself'
}

function functionOf(node: Profiler.ProfileNode): string {
  const { url, functionName } = node.callFrame
  const file = isOurs(url) ? url.slice(url.indexOf(OURS) + OURS.length) : packageOf(node)
  return `${functionName || 'a callback'} (${file})`
}

const add = (sums: Map<string, number>, name: string, value: number) => sums.set(name, (sums.get(name) ?? 0) + value)

const total = (sums: Map<string, number>) => [...sums.values()].reduce((sum, value) => sum + value, 0)

const shares = (sums: Map<string, number>): Share[] =>
  [...sums].map(([name, sum]) => ({ name, share: sum / total(sums) })).sort((a, b) => b.share - a.share)
