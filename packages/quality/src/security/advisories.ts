import { npm } from './dependencies'
import type { Dependency } from './dependencies'

/** Advisories on a version that is in use, and why it is there all the same. */
export interface Reviewed {
  name: string
  version: string
  advisories: readonly string[]
  why: string
}

/** Until when the public records of advisories go that were searched by hand: not every registry answers `npm audit`. */
export const REVIEWED_UNTIL = 'the beginning of October 2026'

/** What that search found. */
export const REVIEWED: readonly Reviewed[] = [
  {
    name: 'fast-uri',
    version: '3.1.5',
    advisories: [
      'GHSA-fph4-wmhf-6fwf',
      'GHSA-5jgf-p345-68v8',
      'GHSA-f65p-4m7j-42xc',
      'GHSA-jqff-g426-hqxp',
      'GHSA-qw65-cvwx-89v3',
      'GHSA-hrr3-gc8f-f4qj'
    ],
    why: 'A crafted address may come out with another host. Only names of schemas, which are written in the code, reach it here. The versions that mend it refuse the name `Tractionboard (Actions)`, see [Architecture](architecture.md#decisions).'
  },
  {
    name: '@apidevtools/json-schema-ref-parser',
    version: '9.0.9',
    advisories: ['CVE-2026-15195'],
    why: "A crafted schema may change what all objects share; whether in this version too, no record says. Only the definition's own fields reach it here, in `tractionboard types`."
  },
  {
    name: 'inflight',
    version: '1.0.6',
    advisories: ['SNYK-JS-INFLIGHT-6095116'],
    why: 'A process that lists files for ever may run out of memory. It comes with `json-schema-to-typescript`, and the command lists none with it.'
  },
  {
    name: 'raw-body',
    version: '3.0.2',
    advisories: ['AIKIDO-2026-274460'],
    why: "A limit that is not understood is taken for none. The sandbox's limit is a constant of the contract."
  }
]

/** An advisory that npm knows. */
export interface Advisory {
  name: string
  id: string
}

/** What npm knows of advisories, or why it knows nothing. */
export type Known = { advisories: Advisory[] } | { unknown: string }

/** Asks the registry for advisories on the runtime dependencies. */
export function askNpm(): Known {
  const { stdout, stderr } = npm('audit', '--omit=dev', '--json')
  const advisories = advisoriesIn(parsed(stdout))
  if (advisories) return { advisories }
  const [status] = /\b[45]\d\d\b[^\n"-]*/.exec(`${stderr}\n${stdout}`) ?? ['no answer']
  return { unknown: status.trim() }
}

/** The part of npm's report that is read. A `via` that is a text names another package of the report. */
interface AuditReport {
  vulnerabilities?: Record<string, { via: (string | { name: string; url: string })[] }>
}

/** The advisories in the report that `npm audit --json` prints; nothing if it is none. */
export function advisoriesIn({ vulnerabilities }: AuditReport): Advisory[] | undefined {
  return (
    vulnerabilities &&
    Object.values(vulnerabilities)
      .flatMap(({ via }) => via)
      .flatMap((cause) => (typeof cause === 'string' ? [] : { name: cause.name, id: cause.url.replace(/.*\//, '') }))
  )
}

function parsed(text: string): AuditReport {
  try {
    return Object(JSON.parse(text)) as AuditReport
  } catch {
    return {}
  }
}

/** What nobody has looked at yet: advisories that the review does not name, and reviews of versions that are gone. */
export function unreviewed(known: Known, dependencies: Pick<Dependency, 'name' | 'version'>[]): string[] {
  const names = new Set(REVIEWED.flatMap(({ advisories }) => advisories))
  const versions = new Set(dependencies.map(({ name, version }) => `${name} ${version}`))
  const found = 'advisories' in known ? known.advisories.filter(({ id }) => !names.has(id)) : []
  const gone = REVIEWED.map(({ name, version }) => `${name} ${version}`).filter((one) => !versions.has(one))
  return [
    ...found.map(({ name, id }) => `npm knows of an advisory that is not reviewed: ${id}, on ${name}.`),
    ...gone.map((one) => `The advisories on ${one} were reviewed, and it is not in use: review the version that is.`)
  ]
}
