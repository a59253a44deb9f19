/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/packages', '<rootDir>/tools'],
  testMatch: ['**/__tests__/**/*.test.ts'],
  transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: '<rootDir>/tsconfig.json' }] },
  moduleNameMapper: {
    '^@tractionboard/testing/(.*)$': '<rootDir>/packages/testing/src/$1',
    '^@tractionboard/([a-z-]+)$': '<rootDir>/packages/$1/src'
  },
  modulePathIgnorePatterns: ['/dist/', '<rootDir>/.stryker-tmp/'],
  setupFilesAfterEnv: ['<rootDir>/jest.setup.js'],
  // A busy machine is slow, not wrong.
  testTimeout: 60_000,
  collectCoverageFrom: ['packages/destination/src/**/*.ts', '!**/generated-types.ts', '!**/__tests__/**'],
  coverageThreshold: { global: { branches: 95 } },
  coverageReporters: ['text', 'lcov']
}
