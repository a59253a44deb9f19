import { npm } from './dependencies'
import type { Dependency } from './dependencies'

/** Advisories on a version in use, and why it is acceptable. */
export interface Reviewed {
  name: string
  version: string
  advisories: readonly string[]
  why: string
}

/** The date up to which public advisories were searched by hand: not every registry supports `npm audit`. */
export const REVIEWED_UNTIL = 'the beginning of October 2026'

/** The advisories that the search found. */
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
    why: 'A crafted address may come out with another host. Only names of schemas, which are written in the code, reach it here. The fixed versions reject the name `Tractionboard (Actions)`, see [Architecture](architecture.md#decisions).'
  },
  {
    name: '@apidevtools/json-schema-ref-parser',
    version: '9.0.9',
    advisories: ['CVE-2026-15195'],
    why: "A crafted schema may pollute the prototype of all objects; no advisory says whether in this version too. Only the definition's own fields reach it here, in `tractionboard types`."
  },
  {
    name: 'inflight',
    version: '1.0.6',
    advisories: ['SNYK-JS-INFLIGHT-6095116'],
    why: 'A process that lists files forever may run out of memory. It comes with `json-schema-to-typescript`, which the command uses without listing files.'
  },
  {
    name: 'raw-body',
    version: '3.0.2',
    advisories: ['AIKIDO-2026-274460'],
    why: "An invalid limit means no limit. The sandbox's limit is a constant of the contract."
  }
]

export interface Advisory {
  name: string
  id: string
}

/** The advisories that npm reports, or why it reports none. */
export type AuditResult = { advisories: Advisory[] } | { unknown: string }

/** Asks the registry for advisories on the runtime dependencies. */
export function auditDependencies(): AuditResult {
  const { stdout, stderr } = npm('audit', '--omit=dev', '--json')
  const advisories = advisoriesIn(parseReport(stdout))
  if (advisories) return { advisories }
  const [status] = /\b[45]\d\d\b[^\n"-]*/.exec(`${stderr}\n${stdout}`) ?? ['no response']
  return { unknown: status.trim() }
}

/** npm's report, as far as it is read here. A `via` that is a string names another package of the report. */
interface AuditReport {
  vulnerabilities?: Record<string, { via: (string | { name: string; url: string })[] }>
}

/** The advisories in the output of `npm audit --json`, or undefined if it is not a report. */
export function advisoriesIn({ vulnerabilities }: AuditReport): Advisory[] | undefined {
  return (
    vulnerabilities &&
    Object.values(vulnerabilities)
      .flatMap(({ via }) => via)
      .flatMap((cause) => (typeof cause === 'string' ? [] : { name: cause.name, id: cause.url.replace(/.*\//, '') }))
  )
}

function parseReport(text: string): AuditReport {
  try {
    return Object(JSON.parse(text)) as AuditReport
  } catch {
    return {}
  }
}

/** What has to be reviewed, each in words: advisories that no review names, and reviews of versions no longer in use. */
export function unreviewed(audit: AuditResult, dependencies: Pick<Dependency, 'name' | 'version'>[]): string[] {
  const names = new Set(REVIEWED.flatMap(({ advisories }) => advisories))
  const versions = new Set(dependencies.map(({ name, version }) => `${name} ${version}`))
  const found = 'advisories' in audit ? audit.advisories.filter(({ id }) => !names.has(id)) : []
  const gone = REVIEWED.map(({ name, version }) => `${name} ${version}`).filter((one) => !versions.has(one))
  return [
    ...found.map(({ name, id }) => `An advisory is not reviewed: ${id}, on ${name}.`),
    ...gone.map((one) => `The advisories on ${one} were reviewed, which is not in use: review the version in use.`)
  ]
}
