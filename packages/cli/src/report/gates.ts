import { TARGET } from '../contribute/checkout'
import { shownCommand } from '../contribute/verify/context'
import { type GateResult, GATES } from '../contribute/verify/gates'
import { truncate } from '../terminal'
import { joinWithAnd } from '../text'
import { textTable, wrapText } from './layout'

/** How much of an error is shown, in columns: some tell the whole story of a file. */
const LONGEST_REASON = 400

const NAME_WIDTH = Math.max(...GATES.map(({ name }) => name.length))
const COMMAND_WIDTH = Math.max(...GATES.map(({ command }) => shownCommand(command).length))

const row = (gate: string, command: string, result: string) =>
  textTable([[gate.padEnd(NAME_WIDTH), command.padEnd(COMMAND_WIDTH), result]], ['left', 'left', 'left'])

/** The heading of the table of gates, whose lines are printed as they come. */
export const gatesHeading = (): string[] => row('gate', 'command', 'result')

/** A gate's line, and those of its first error. */
export function describeGate({ gate, status, seconds, reason, log }: GateResult): string[] {
  const line = row(gate.name, shownCommand(gate.command), status === 'passed' ? `passed, ${seconds} s` : status)
  if (status !== 'failed') return line
  return [...line, ...indented(truncate(reason ?? '', LONGEST_REASON)), `  ${log}`]
}

/** What follows the table: why gates were not run, once for each reason, and what the commands' variables stand for. */
export function describeExplanations(results: GateResult[]): string[] {
  const notRun = results.filter(({ status }) => status === 'not run')
  const reasons = [...new Set(notRun.map(({ reason }) => reason))]
  return [
    ...reasons.flatMap((reason) => {
      const names = notRun.filter((result) => result.reason === reason).map(({ gate }) => gate.name)
      return wrapText(`Not run: ${joinWithAnd(names)}, because ${reason}`)
    }),
    `$DIR is ${TARGET}.`,
    ...wrapText('$TSCONFIG is tsconfig.build.json of destination-actions, for that folder alone.')
  ]
}

const indented = (text: string) => wrapText(`  ${text}`, '  ')
