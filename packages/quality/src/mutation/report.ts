/** Stryker's JSON report, as far as it is read here. */
export interface MutationReport {
  files: Record<string, { source: string; mutants: Mutant[] }>
}

/** A change to the code. */
interface Mutant {
  status: 'Killed' | 'Timeout' | 'Survived' | 'NoCoverage' | 'RuntimeError' | 'CompileError' | 'Ignored' | 'Pending'
  location: Record<'start' | 'end', { line: number; column: number }>
  replacement: string
}

/** How many mutants of a file ended how. */
export interface Score {
  file: string
  killed: number
  survived: number
  notCovered: number
  /** The mutant cannot be loaded, so no test is needed. */
  broken: number
}

/** A mutant that all tests passed with. */
export interface Survivor {
  file: string
  line: number
  /** The original code and its replacement. */
  mutation: string
}

const SOURCES = 'packages/destination/src/'

const nameOf = (path: string) => path.replace(SOURCES, '')

const ENDS: Partial<Record<Mutant['status'], Exclude<keyof Score, 'file'>>> = {
  Killed: 'killed',
  Timeout: 'killed',
  Survived: 'survived',
  NoCoverage: 'notCovered',
  RuntimeError: 'broken',
  CompileError: 'broken'
}

/** The score of each file with mutants, sorted by name. */
export const scoresOf = ({ files }: MutationReport): Score[] =>
  Object.entries(files)
    .map(([path, { mutants }]) => scoreOf(nameOf(path), mutants))
    .filter(({ killed, survived, notCovered }) => killed + survived + notCovered > 0)
    .sort((a, b) => a.file.localeCompare(b.file))

function scoreOf(file: string, mutants: Mutant[]): Score {
  const score: Score = { file, killed: 0, survived: 0, notCovered: 0, broken: 0 }
  for (const { status } of mutants) {
    const end = ENDS[status]
    if (end) score[end] += 1
  }
  return score
}

/** How many mutants were ignored: texts that are only displayed. */
export const ignoredIn = ({ files }: MutationReport): number =>
  Object.values(files).flatMap(({ mutants }) => mutants.filter(({ status }) => status === 'Ignored')).length

/** The mutants that survived, covered by a test or not. */
export const survivorsOf = ({ files }: MutationReport): Survivor[] =>
  Object.entries(files)
    .flatMap(([path, { source, mutants }]) =>
      mutants
        .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
        .map((mutant) => ({
          file: nameOf(path),
          line: mutant.location.start.line,
          mutation: `${short(codeAt(source, mutant.location))} → ${short(mutant.replacement)}`
        }))
    )
    .sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line)

function codeAt(source: string, { start, end }: Mutant['location']): string {
  const lines = source.split('\n').slice(start.line - 1, end.line)
  lines[lines.length - 1] = lines[lines.length - 1].slice(0, end.column - 1)
  lines[0] = lines[0].slice(start.column - 1)
  return lines.join('\n')
}

const LONG = 100

function short(code: string): string {
  const line = code.replace(/\s+/g, ' ').trim()
  return line.length > LONG ? `${line.slice(0, LONG)} …` : line
}
