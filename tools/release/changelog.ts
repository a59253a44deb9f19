const UNRELEASED = /^## \[Unreleased\]\n([^]*?)(?=^## |$(?![^]))/m

/**
 * What the next release brings.
 *
 * @param changelog as Keep a Changelog writes it: https://keepachangelog.com/en/1.1.0/
 * @returns the notes under the heading "Unreleased".
 * @throws an error if the heading is missing, or if there is no list item under it.
 */
export function unreleasedNotes(changelog: string): string {
  const [, notes] = UNRELEASED.exec(changelog) ?? []
  if (notes === undefined) throw new Error('CHANGELOG.md has no heading "## [Unreleased]". Add it, with what changed.')
  if (!/^- \S/m.test(notes)) throw new Error('CHANGELOG.md lists nothing under "Unreleased". Write down what changed.')
  return notes.trim()
}

/**
 * Moves the notes under "Unreleased" under a heading for the version that is released.
 *
 * @param date the day of the release, such as `2026-03-02`.
 * @throws an error if there is nothing to release, or if the version is in the changelog already.
 */
export function release(changelog: string, version: string, date: string): string {
  const notes = unreleasedNotes(changelog)
  if (changelog.includes(`## [${version}]`)) throw new Error(`CHANGELOG.md has version ${version} already.`)
  return (
    changelog.replace(UNRELEASED, () => `## [Unreleased]\n\n## [${version}] - ${date}\n\n${notes}\n\n`).trimEnd() + '\n'
  )
}
