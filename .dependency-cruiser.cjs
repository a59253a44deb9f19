// The house: which folder may import from which. The drawing is in docs/architecture.md.

/** Where each folder may import from, beside itself. A folder that is not named may not import from the project at all. */
const MAY_IMPORT = {
  contract: [],
  destination: [],
  sandbox: ['contract'],
  'local-segment': [],
  lint: [],
  console: ['sandbox', 'local-segment'],
  cli: ['contract', 'destination', 'sandbox', 'local-segment', 'lint', 'console'],
  testing: ['contract', 'destination', 'sandbox', 'local-segment', 'lint', 'console', 'cli'],
  quality: ['contract', 'destination', 'sandbox', 'local-segment', 'lint', 'console', 'cli', 'testing']
}

const QUALITY_RUNS = [
  'parity',
  'accounting',
  'chaos',
  'fuzz',
  'security',
  'mutation',
  'bench',
  'bench-replay',
  'replay'
]

const packages = (names) => `^(packages|node_modules/@tractionboard)/(${names.join('|')})/`

const packageRules = Object.entries(MAY_IMPORT)
  .map(([name, allowed]) => ({
    name: `${name}-imports-only-${['itself', ...allowed].join('-')}`,
    severity: 'error',
    // The tests of the destination are contributed with its folder, so they import nothing else either.
    from: { path: `^packages/${name}/`, pathNot: name === 'destination' ? [] : '__tests__' },
    to: { path: packages(Object.keys(MAY_IMPORT).filter((other) => other !== name && !allowed.includes(other))) }
  }))
  .filter(({ to }) => to.path !== packages([]))

const runRules = QUALITY_RUNS.map((run) => ({
  name: `quality-${run}-imports-no-other-run`,
  severity: 'error',
  from: { path: `^packages/quality/src/${run}/` },
  to: { path: `^packages/quality/src/(${QUALITY_RUNS.filter((other) => other !== run).join('|')})/` }
}))

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...packageRules,
    ...runRules,
    {
      name: 'tools-are-imported-by-tools-only',
      severity: 'error',
      from: { pathNot: '^tools/' },
      to: { path: '^tools/' }
    },
    {
      name: 'quality-is-imported-by-quality-and-tools-only',
      severity: 'error',
      from: { pathNot: '^(packages/quality|tools)/' },
      to: { path: '^packages/quality/' }
    },
    {
      name: 'tests-are-imported-by-tests-of-the-same-package-only',
      comment:
        'What several packages need for their tests is in packages/testing, which may hand on what the destination has.',
      severity: 'error',
      from: { path: '^(?:packages/)?([^/]+)/', pathNot: '^packages/testing/' },
      to: { path: '/__tests__/', pathNot: '^(?:packages/)?$1/' }
    },
    {
      name: 'testing-hands-on-helpers-of-the-destination-only',
      severity: 'error',
      from: { path: '^packages/testing/' },
      to: { path: '/__tests__/', pathNot: '^packages/(testing|destination/src/__tests__/__helpers__)/' }
    },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'not-resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'destination-uses-upstream-dependencies-only',
      comment: 'The folder is contributed to segmentio/action-destinations: it may use only what is there.',
      severity: 'error',
      from: { path: '^packages/destination/src', pathNot: '__tests__' },
      to: { pathNot: '^packages/destination/src|node_modules/(@segment/actions-core|lodash)/' }
    },
    {
      name: 'not-to-undeclared',
      severity: 'error',
      from: { path: '^packages/', pathNot: '__tests__|^packages/(testing|quality)/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] }
    }
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['require', 'node', 'default'] }
  }
}
