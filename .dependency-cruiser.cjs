// The direction of imports: cli → sandbox → contract, cli → destination. The destination imports none of the others,
// because its folder must drop into another repository.

/** Nothing in `from` may import from the packages named in `to`. */
const forbid = (from, to) => ({
  name: `${from}-stands-alone-from-${to.join('-')}`,
  severity: 'error',
  from: { path: `^packages/${from}/` },
  to: { path: `(^packages|^node_modules/@tractionboard)/(${to.join('|')})/` }
})

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    forbid('contract', ['destination', 'sandbox', 'cli']),
    forbid('destination', ['contract', 'sandbox', 'cli']),
    forbid('sandbox', ['destination', 'cli']),
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
      from: { pathNot: '__tests__' },
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
