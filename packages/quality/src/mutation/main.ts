/** Writes Stryker's figures: how many mutants of the destination survive its tests, and which. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { map } from 'lodash'
import { ignoredIn, scoresOf, survivorsOf } from './report'
import type { MutationReport, Score, Survivor } from './report'
import { formatCount, writeFigures } from '../shared/figures'
import { explanationOf, staleExplanations } from './survivors'

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

const percentKilled = ({ killed, survived, notCovered }: Score) => (100 * killed) / (killed + survived + notCovered)

const rowOf = (score: Score) => [
  score.file === 'all' ? '**all**' : `\`${score.file}\``,
  ...[score.killed, score.survived, score.notCovered, score.broken].map(formatCount),
  `${percentKilled(score).toFixed(1)} %`
]

const rowOfSurvivor = (survivor: Survivor) => [
  `\`${survivor.file}\`, line ${survivor.line}`,
  `\`\`${survivor.mutation.replace(/`/g, "'")}\`\``,
  explanationOf(survivor) ?? '**unexplained**'
]

async function main(): Promise<void> {
  const report = JSON.parse(readFileSync(REPORT, 'utf8')) as MutationReport
  const scores = scoresOf(report)
  const stale = staleExplanations(map(scores, 'file'))
  if (stale.length > 0) throw new Error(stale.join('\n'))
  const sum = sumOf(scores)
  const survivors = survivorsOf(report)
  const unexplained = survivors.filter((survivor) => explanationOf(survivor) === undefined)
  for (const { file, line, mutation } of unexplained) console.log(`unexplained: ${file}:${line} ${mutation}`)
  await writeFigures({
    id: 'mutation',
    title: 'Mutation',
    command: 'npm run mutation',
    text: [
      `Stryker changes the code of the destination in ${formatCount(sum.killed + sum.survived + sum.notCovered)} ways, one at a time. The tests of the destination, which are the ones that are contributed, notice ${percentKilled(sum).toFixed(1)} % of them; the target is ${TARGET} %. Of the ${formatCount(survivors.length)} that they do not notice, ${formatCount(unexplained.length)} are unexplained.`,
      `Not mutated are the texts of \`label\` and \`description\` (${formatCount(ignoredIn(report))} of them): they change no behavior, and \`npm run check\` compares each with \`metadata.json\`. A mutant that cannot even be loaded is counted apart.`
    ],
    tables: [
      {
        head: ['file', 'killed', 'survived', 'not covered', 'cannot be loaded', 'score'],
        rows: [...scores, sum].map(rowOf)
      },
      {
        caption: 'The survivors:',
        head: ['where', 'mutation', 'why no test can notice it'],
        rows: survivors.map(rowOfSurvivor)
      }
    ]
  })
  if (percentKilled(sum) < TARGET) process.exitCode = 1
}

void main()
