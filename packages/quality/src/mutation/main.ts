/** Records what Stryker found: how many wrong versions of the destination no test notices, and which. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { ignoredIn, scoresOf, survivorsOf } from './report'
import type { MutationReport, Score, Survivor } from './report'
import { counted, record } from '../shared/figures'
import { explanationOf } from './survivors'

const REPORT = resolve(__dirname, '../../../../reports/mutation/mutation.json')

const TARGET = 90

const sumOf = (scores: Score[]): Score =>
  scores.reduce((sum, score) => ({
    file: 'all',
    killed: sum.killed + score.killed,
    survived: sum.survived + score.survived,
    notCovered: sum.notCovered + score.notCovered,
    broken: sum.broken + score.broken
  }))

const partOf = ({ killed, survived, notCovered }: Score) => (100 * killed) / (killed + survived + notCovered)

const rowOf = (score: Score) => [
  score.file === 'all' ? '**all**' : `\`${score.file}\``,
  ...[score.killed, score.survived, score.notCovered, score.broken].map(counted),
  `${partOf(score).toFixed(1)} %`
]

const rowOfSurvivor = (survivor: Survivor) => [
  `\`${survivor.file}\`, line ${survivor.line}`,
  `\`\`${survivor.mutation.replace(/`/g, "'")}\`\``,
  explanationOf(survivor) ?? '**unexplained**'
]

async function main(): Promise<void> {
  const report = JSON.parse(readFileSync(REPORT, 'utf8')) as MutationReport
  const scores = scoresOf(report)
  const sum = sumOf(scores)
  const survivors = survivorsOf(report)
  const unexplained = survivors.filter((survivor) => explanationOf(survivor) === undefined)
  for (const { file, line, mutation } of unexplained) console.log(`unexplained: ${file}:${line} ${mutation}`)
  await record({
    id: 'mutation',
    title: 'Mutation',
    command: 'npm run mutation',
    text: [
      `Stryker makes the code of the destination wrong in ${counted(sum.killed + sum.survived + sum.notCovered)} ways, one at a time. The tests of the destination, which are the ones that are contributed, notice ${partOf(sum).toFixed(1)} % of them; the target is ${TARGET} %. Of the ${counted(survivors.length)} that they do not notice, ${counted(unexplained.length)} are unexplained.`,
      `Left alone are the texts of \`label\` and \`description\` (${counted(ignoredIn(report))} of them): they decide nothing, and \`npm run check\` compares each with \`metadata.json\`. A mutant that cannot even be loaded is counted apart.`
    ],
    tables: [
      {
        head: ['file', 'killed', 'survived', 'not covered', 'cannot be loaded', 'score'],
        rows: [...scores, sum].map(rowOf)
      },
      {
        caption: 'The survivors:',
        head: ['where', 'mutation', 'why it is no fault'],
        rows: survivors.map(rowOfSurvivor)
      }
    ]
  })
  if (partOf(sum) < TARGET) process.exitCode = 1
}

void main()
