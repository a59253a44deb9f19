/**
 * Mutation testing of the destination: is there a test that fails when the code is wrong?
 *
 * @type {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
export default {
  mutate: [
    'packages/destination/src/**/*.ts',
    '!packages/destination/src/**/__tests__/**',
    // Types and constants that are generated.
    '!packages/destination/src/**/generated-types.ts',
    '!packages/destination/src/wire-types.ts',
    '!packages/destination/src/wire-constants.ts'
  ],
  // The tests of the destination need none of these, so they are not copied.
  ignorePatterns: [
    'docs',
    'lerna.json',
    'tools',
    'reports',
    'coverage',
    'packages/cli',
    'packages/contract',
    'packages/lint',
    'packages/local-segment',
    'packages/testing',
    'packages/sandbox',
    'packages/destination/dist'
  ],
  plugins: ['@stryker-mutator/jest-runner', './packages/quality/src/mutation/ignore-display-texts.mjs'],
  ignorers: ['display-texts'],
  testRunner: 'jest',
  jest: {
    configFile: 'jest.base.js',
    config: {
      roots: ['<rootDir>/packages/destination', '<rootDir>/packages/quality/src/mutation'],
      testMatch: ['**/mutation/destination-suite.ts'],
      testEnvironment: './packages/quality/src/mutation/environment.cjs'
    },
    enableFindRelatedTests: false
  },
  coverageAnalysis: 'perTest',
  concurrency: 2,
  // Generous, because the machine may be busy; a mutant that hangs never ends.
  timeoutMS: 120_000,
  reporters: ['json', 'progress-append-only'],
  jsonReporter: { fileName: 'reports/mutation/mutation.json' },
  disableTypeChecks: false
}
