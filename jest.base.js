/**
 * What every run of jest shares. Mutation testing builds on it, too.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  rootDir: __dirname,
  roots: ['<rootDir>/packages', '<rootDir>/tools'],
  testEnvironment: 'node',
  transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: '<rootDir>/tsconfig.json' }] },
  moduleNameMapper: {
    '^@tractionboard/testing/(.*)$': '<rootDir>/packages/testing/src/$1',
    '^@tractionboard/([a-z-]+)$': '<rootDir>/packages/$1/src'
  },
  modulePathIgnorePatterns: ['/dist/', '<rootDir>/.stryker-tmp/'],
  setupFilesAfterEnv: ['<rootDir>/jest.setup.js']
}
