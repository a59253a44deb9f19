/**
 * Security: nothing that is secret or personal shows up where it does not belong, nothing in a call reaches further than
 * it should, and what the project depends on may be used.
 */
import fc from 'fast-check'
import { checkDeletions, checkRedirects, NASTY_IDS } from './addresses'
import { checkCommand, checkRecordings } from './command'
import { checkDeliveries, type Checked } from './deliveries'
import { askNpm, REVIEWED, REVIEWED_UNTIL, unreviewed, type Known } from './advisories'
import { dependencies, isPermissive, type Dependency } from './dependencies'
import { checkPrototypes } from './prototypes'
import { counted, record } from '../shared/figures'

const SEED = 20260302

const RANDOM_IDS = 1000

const CHECKS: [what: string, check: () => Checked | Promise<Checked>][] = [
  [
    'Canaries in every action, alone and in a batch, in every outcome: errors with their stacks, verdicts on events, the logger and the statistics of the platform, the console, the log and the journal of the sandbox',
    () => checkDeliveries()
  ],
  ['Canaries and the token in what the `replay` command prints, in every way that it can end', checkCommand],
  ['A token in the recordings', checkRecordings],
  [
    'Deletions of ids that are addresses: each reaches exactly its own path, or is refused',
    () => checkDeletions([...NASTY_IDS, ...anyIds()])
  ],
  ['Redirects: nothing is sent to another address', checkRedirects],
  [
    'Members and ids such as `__proto__` and `constructor`, through the destination, the sandbox and the command: kept as data, and nothing shared is changed',
    checkPrototypes
  ]
]

/** Ids of any characters, with a liking for those that mean something in an address. */
function anyIds(): string[] {
  const character = fc.oneof(
    fc.constantFrom(...'./\\%?#;:@&=+ \r\n\t2eF'),
    fc.nat({ max: 0xffff }).map((code) => String.fromCharCode(code))
  )
  const ids = fc.array(character, { minLength: 1, maxLength: 12 }).map((characters) => characters.join(''))
  // A blank id is no id.
  return fc.sample(ids, { numRuns: RANDOM_IDS, seed: SEED }).filter((id) => id.trim() !== '')
}

/** Dependencies that state no licence, and why they are here all the same. */
const UNLICENSED: Record<string, string> = {
  '@segment/fql-ts':
    "Segment's own; its package states no licence. It comes with `@segment/actions-core` (MIT), which every destination is built on."
}

async function main(): Promise<void> {
  const rows: [string, Checked][] = []
  for (const [what, check] of CHECKS) {
    const checked = await check()
    rows.push([what, checked])
    console.log(`${checked.checks} checks, ${checked.findings.length} findings: ${what}`)
  }
  const all = dependencies()
  const doubtful = all.filter(({ license }) => !isPermissive(license))
  const known = askNpm()
  const findings = [
    ...rows.flatMap(([, { findings }]) => findings),
    ...doubtful.filter(({ name }) => !Object.hasOwn(UNLICENSED, name)).map(describe),
    ...unreviewed(known, all)
  ]
  for (const finding of findings) console.error(finding)
  if (findings.length > 0) process.exitCode = 1
  else await write(rows, all, doubtful, known)
}

const describe = ({ name, version, license }: Dependency) => `${name} ${version} has the licence ${license}.`

const write = (rows: [string, Checked][], all: Dependency[], doubtful: Dependency[], known: Known): Promise<void> =>
  record({
    id: 'security',
    title: 'Secrets, personal data and dependencies',
    command: 'npm run quality:security',
    seed: SEED,
    text: [
      'Calls are planted with canaries: a token, and personal data in every field, also in the very field that is wrong. Then everything that anybody is told is searched for them. Shown on purpose, and so not counted: message ids; the events in the verdicts of those that were delivered, which the platform asks for; the names of fields; and in the dashboard, which is what Tractionboard is for, campaigns and the hosts of referrers. What Tractionboard itself says of a failure is handed on in its words; the contract forbids it to repeat values, and the sandbox keeps to that.',
      `${counted(all.length)} runtime dependencies, ${counted(all.filter(({ isOfDestination }) => isOfDestination).length)} of which the destination needs: all of them come with actions-core and liquidjs. ${advice(known)}`
    ],
    tables: [
      {
        head: ['what', 'checks', 'findings'],
        rows: rows.map(([what, { checks, findings }]) => [what, counted(checks), counted(findings.length)])
      },
      { caption: 'The licences of the runtime dependencies.', head: ['licence', 'packages'], rows: licenses(all) },
      {
        caption: 'Those that are not plainly permissive.',
        head: ['package', 'licence', 'why'],
        rows: doubtful.map(({ name, version, license }) => [`${name} ${version}`, license, UNLICENSED[name]])
      },
      {
        caption: 'Known advisories on the versions in use.',
        head: ['package', 'advisories', 'why it is in use'],
        rows: REVIEWED.map(({ name, version, advisories, why }) => [`${name} ${version}`, advisories.join(', '), why])
      }
    ]
  })

const advice = (known: Known) =>
  'advisories' in known
    ? `\`npm audit\` knows of ${counted(known.advisories.length)} advisories on them; each is among those below.`
    : `The registry that this ran against does not tell advisories (\`npm audit\` ends with ${known.unknown}); public records up to ${REVIEWED_UNTIL} were searched by hand instead, and what they know is below. Run \`npm audit --omit=dev\` where it works: what is not below has not been looked at.`

function licenses(all: Dependency[]): [string, string][] {
  const counts = new Map<string, number>()
  for (const { license } of all) counts.set(license, (counts.get(license) ?? 0) + 1)
  return [...counts].sort(([, one], [, other]) => other - one).map(([license, count]) => [license, counted(count)])
}

void main()
