import { lint, type SampleCall } from '@tractionboard/lint'
import { readArchives } from '@tractionboard/local-segment'
import { countBy } from 'lodash'
import { CliError } from '../errors'
import { loadDefinition } from '../load-definition'
import { describeFindings } from '../report/findings'
import { print } from '../terminal'
import { pluralize } from '../text'

export interface ValidateOptions {
  /** Archives with more sample calls. */
  calls?: string[]
  json?: true
}

/**
 * Prints the findings of the linter.
 *
 * @throws CliError if there is an error among them, or if the definition or a call cannot be read. Warnings do not fail.
 */
export async function runValidate(module: string | undefined, { calls = [], json }: ValidateOptions): Promise<void> {
  const definition = loadDefinition(module)
  const findings = lint(definition, await readSamples(calls))
  const { error = 0, warning = 0 } = countBy(findings, 'severity')
  const summary = `${definition.name}: ${pluralize(error, 'error')}, ${pluralize(warning, 'warning')}.`

  if (json) print(JSON.stringify({ definition: definition.name, ok: error === 0, findings }, null, 2).split('\n'))
  else if (findings.length > 0) print([...describeFindings(findings), ''])

  if (error > 0) throw new CliError(summary)
  if (!json) print(summary)
}

async function readSamples(files: string[]): Promise<SampleCall[]> {
  const samples: SampleCall[] = []
  for await (const entry of readArchives(files)) {
    const title = `line ${entry.line} of ${entry.file}`
    if ('problem' in entry) throw new CliError(`${title}: ${entry.problem}`)
    samples.push({ title, call: { ...entry.call } })
  }
  return samples
}
