/**
 * Security: no secret or personal data shows where it does not belong, no call affects more than it should, and the
 * licenses and advisories of all dependencies are acceptable.
 */
import fc from 'fast-check'
import { checkDeletions, checkRedirects, HOSTILE_IDS } from './requests'
import { checkCommand, checkRecordings } from './command'
import { checkDeliveries, type Checked } from './deliveries'
import { auditDependencies, REVIEWED, REVIEWED_UNTIL, unreviewed, type AuditResult } from './advisories'
import { dependencies, isPermissive, type Dependency } from './dependencies'
import { checkPrototypes } from './prototypes'
import { formatCount, writeFigures } from '../shared/figures'

const SEED = 20260302

const RANDOM_IDS = 1000

const CHECKS: [what: string, check: () => Checked | Promise<Checked>][] = [
  [
    'Canaries in every action, alone and in a batch, in every scenario: errors with their stacks, verdicts on events, the logger and the statistics of the platform, the console, the log and the journal of the sandbox',
    () => checkDeliveries()
  ],
  ['Canaries and the token in the output of the `replay` command, however it ends', checkCommand],
  ['Tokens in the recordings', checkRecordings],
  [
    'Deletions of ids that look like URLs or JSON: each sends exactly its own id, and blank ids and placeholders send nothing',
    () => checkDeletions([...HOSTILE_IDS, ...randomIds()])
  ],
  ['Redirects: nothing is sent to another server', checkRedirects],
  [
    'Members and ids such as `__proto__` and `constructor`, through the destination, the sandbox and the command: kept as data, and no prototype changes',
    checkPrototypes
  ]
]

/** Ids of any characters, most of them with a meaning in URLs. */
function randomIds(): string[] {
  const character = fc.oneof(
    fc.constantFrom(...'./\\%?#;:@&=+ \r\n\t2eF'),
    fc.nat({ max: 0xffff }).map((code) => String.fromCharCode(code))
  )
  const ids = fc.array(character, { minLength: 1, maxLength: 12 }).map((characters) => characters.join(''))
  return fc.sample(ids, { numRuns: RANDOM_IDS, seed: SEED })
}

/** Dependencies without a license in their package, and why they are acceptable. */
const UNLICENSED: Record<string, string> = {
  '@segment/fql-ts':
    'Made by Segment; its package states no license. It comes with `@segment/actions-core` (MIT), which every destination is built on.'
}

async function main(): Promise<void> {
  const rows: [string, Checked][] = []
  for (const [what, check] of CHECKS) {
    const checked = await check()
    rows.push([what, checked])
    console.log(`${checked.checks} checks, ${checked.findings.length} findings: ${what}`)
  }
  const all = dependencies()
  const notPermissive = all.filter(({ license }) => !isPermissive(license))
  const audit = auditDependencies()
  const findings = [
    ...rows.flatMap(([, { findings }]) => findings),
    ...notPermissive.filter(({ name }) => !Object.hasOwn(UNLICENSED, name)).map(describe),
    ...unreviewed(audit, all)
  ]
  for (const finding of findings) console.error(finding)
  if (findings.length > 0) process.exitCode = 1
  else await write(rows, all, notPermissive, audit)
}

const describe = ({ name, version, license }: Dependency) =>
  `${name} ${version} has the license ${license}. Replace it, or explain it in UNLICENSED in packages/quality/src/security/main.ts.`

const write = (
  rows: [string, Checked][],
  all: Dependency[],
  notPermissive: Dependency[],
  audit: AuditResult
): Promise<void> =>
  writeFigures({
    id: 'security',
    title: 'Secrets, personal data and dependencies',
    command: 'npm run quality:security',
    seed: SEED,
    text: [
      'Canaries stand for the token and for personal data in every field of a call, also in the invalid field. Then all output is searched for them. Shown on purpose, and so not counted: message ids; the events in the verdicts of delivered events, which the platform requires; the names of fields; and in the dashboard, campaigns and the hosts of referrers. Error messages of Tractionboard are passed on; the contract forbids them to repeat values, and the sandbox complies.',
      `${formatCount(all.length)} runtime dependencies, ${formatCount(all.filter(({ isOfDestination }) => isOfDestination).length)} of which the destination needs: all of them come with actions-core and liquidjs. ${advice(audit)}`
    ],
    tables: [
      {
        head: ['what', 'checks', 'findings'],
        rows: rows.map(([what, { checks, findings }]) => [what, formatCount(checks), formatCount(findings.length)])
      },
      { caption: 'The licenses of the runtime dependencies.', head: ['license', 'packages'], rows: licenses(all) },
      {
        caption: 'Licenses that are not permissive.',
        head: ['package', 'license', 'why'],
        rows: notPermissive.map(({ name, version, license }) => [`${name} ${version}`, license, UNLICENSED[name]])
      },
      {
        caption: 'Known advisories on the versions in use.',
        head: ['package', 'advisories', 'why it is acceptable'],
        rows: REVIEWED.map(({ name, version, advisories, why }) => [`${name} ${version}`, advisories.join(', '), why])
      }
    ]
  })

const advice = (audit: AuditResult) =>
  'advisories' in audit
    ? `\`npm audit\` reports ${formatCount(audit.advisories.length)} advisories on them; each is listed below.`
    : `The registry of this run does not support \`npm audit\` (${audit.unknown}), so public advisories up to ${REVIEWED_UNTIL} were searched by hand, and are listed below. Run \`npm audit --omit=dev\` where it works: an advisory that is not below has not been reviewed.`

function licenses(all: Dependency[]): [string, string][] {
  const counts = new Map<string, number>()
  for (const { license } of all) counts.set(license, (counts.get(license) ?? 0) + 1)
  return [...counts].sort(([, one], [, other]) => other - one).map(([license, count]) => [license, formatCount(count)])
}

void main()
