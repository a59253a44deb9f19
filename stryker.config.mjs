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
  // What the tests of the destination do not need is not copied.
  ignorePatterns: [
    'docs',
    'lerna.json',
    'scripts/sample',
    'reports',
    'coverage',
    'packages/cli',
    'packages/contract',
    'packages/sandbox',
    'packages/destination/dist'
  ],
  plugins: ['@stryker-mutator/jest-runner', './scripts/quality/mutation-texts.mjs'],
  ignorers: ['texts'],
  testRunner: 'jest',
  jest: {
    configFile: 'jest.config.js',
    config: {
      roots: ['<rootDir>/packages/destination', '<rootDir>/scripts/quality'],
      testMatch: ['**/scripts/quality/mutation-suite.ts'],
      testEnvironment: './scripts/quality/mutation-environment.cjs'
    },
    enableFindRelatedTests: false
  },
  coverageAnalysis: 'perTest',
  concurrency: 2,
  // The machine may be busy with something else; a mutant that hangs does so for ever.
  timeoutMS: 30_000,
  reporters: ['json', 'progress-append-only'],
  jsonReporter: { fileName: 'reports/mutation/mutation.json' },
  disableTypeChecks: false
}
