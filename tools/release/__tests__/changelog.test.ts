import { release, unreleasedNotes } from '../changelog'

const HEAD = '# Changelog\n\n'
const NOTES = '### Added\n\n- One thing.\n- Another, for $1 and $&.\n'
const OLDER = '## [1.0.0] - 2026-01-02\n\n- The first one.\n'

describe('release', () => {
  it('puts what is unreleased under the version and its day, above the older ones', () => {
    expect(release(`${HEAD}## [Unreleased]\n\n${NOTES}\n${OLDER}`, '1.1.0', '2026-03-02')).toBe(
      `${HEAD}## [Unreleased]\n\n## [1.1.0] - 2026-03-02\n\n${NOTES}\n${OLDER}`
    )
  })

  it('makes the first version of a changelog that has none', () => {
    expect(release(`${HEAD}## [Unreleased]\n\n${NOTES}`, '1.0.0', '2026-03-02')).toBe(
      `${HEAD}## [Unreleased]\n\n## [1.0.0] - 2026-03-02\n\n${NOTES}`
    )
  })

  it('refuses a version that is released already', () => {
    expect(() => release(`${HEAD}## [Unreleased]\n\n${NOTES}\n${OLDER}`, '1.0.0', '2026-03-02')).toThrow(
      'CHANGELOG.md has version 1.0.0 already.'
    )
  })
})

describe('unreleasedNotes', () => {
  it.each([
    ['nothing under it', `${HEAD}## [Unreleased]\n\n${OLDER}`],
    ['only headings under it', `${HEAD}## [Unreleased]\n\n### Added\n\n${OLDER}`],
    ['nothing under it at the end of the file', `${HEAD}## [Unreleased]\n`]
  ])('refuses a heading with %s', (_, changelog) => {
    expect(() => unreleasedNotes(changelog)).toThrow('CHANGELOG.md lists nothing under "Unreleased".')
  })

  it('refuses a changelog without the heading', () => {
    expect(() => unreleasedNotes(HEAD + OLDER)).toThrow('CHANGELOG.md has no heading "## [Unreleased]".')
  })
})
