/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  transform: { '^.+\\.tsx?$': '@swc/jest' },
  setupFiles: ['reflect-metadata'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/bench/'],
  testTimeout: 30_000,
};
