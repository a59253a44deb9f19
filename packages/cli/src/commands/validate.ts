import type { Command } from 'commander'
import { CliError } from '../errors'
import { readArchives } from '@tractionboard/local-segment'
import { type SampleCall, type Severity, lint } from '@tractionboard/lint'
import { reportOf } from '../report/findings'
import { definitionOf, MODULE } from './module'

interface Options {
  calls: string[]
  json?: true
}

/** Adds `tractionboard validate`. It ends with 1 if the definition has an error. */
export const addValidate = (program: Command): void => {
  program
    .command('validate')
    .description('find what is wrong in the definition of a destination: its FQL, presets, texts, secrets and defaults')
    .argument(...MODULE)
    .option('--calls <files...>', 'archives of Segment calls that have what no sample call has, such as a property', [])
    .option('--json', 'print { definition, ok, findings } as JSON, and nothing else')
    .action(async (module: string | undefined, { calls, json }: Options) => {
      const definition = definitionOf(module)
      const findings = lint(definition, await samplesIn(calls))
      const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length
      const [errors, warnings] = [count('error'), count('warning')]
      const summary = `${definition.name}: ${counted(errors, 'error')}, ${counted(warnings, 'warning')}.`

      if (json) console.log(JSON.stringify({ definition: definition.name, ok: errors === 0, findings }, null, 2))
      else if (findings.length > 0) console.log(`${reportOf(findings)}\n`)

      if (errors > 0) throw new CliError(summary)
      if (!json) console.log(summary)
    })
}

async function samplesIn(files: string[]): Promise<SampleCall[]> {
  const samples: SampleCall[] = []
  for await (const entry of readArchives(files)) {
    const place = `line ${entry.line} of ${entry.file}`
    if ('problem' in entry) throw new CliError(`${place}: ${entry.problem}`)
    samples.push({ title: place, call: { ...entry.call } })
  }
  return samples
}

const counted = (count: number, noun: string) => `${count === 0 ? 'no' : count} ${noun}${count === 1 ? '' : 's'}`
