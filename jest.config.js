const { mkdtempSync } = require('node:fs')
const { tmpdir } = require('node:os')
const { join } = require('node:path')
const base = require('./jest.base')

// Tests must not see or change the ledgers of whoever runs them.
process.env.XDG_STATE_HOME ??= mkdtempSync(join(tmpdir(), 'tractionboard-test-state-'))

/** The tests that start servers, the command or other processes. All others are unit tests. */
const INTEGRATION = '**/__tests__/**/*.integration.test.ts'

/** @type {import('jest').Config} */
module.exports = {
  projects: [
    { ...base, displayName: 'unit', testMatch: ['**/__tests__/**/*.test.ts', `!${INTEGRATION}`] },
    { ...base, displayName: 'integration', testMatch: [INTEGRATION] }
  ],
  // A busy machine is slow to answer: only what never answers is to fail.
  testTimeout: 30_000,
  collectCoverageFrom: ['packages/destination/src/**/*.ts', '!**/generated-types.ts', '!**/__tests__/**'],
  coverageThreshold: { global: { branches: 95 } },
  coverageReporters: ['text', 'lcov']
}
