/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  // Packages that ship ES modules only are compiled like our own code: jest's module registry is CommonJS.
  transform: { '^.+\\.[jt]s$': '@swc/jest' },
  transformIgnorePatterns: ['/node_modules/(?!(kysely|graphql-http|@marcbachmann/cel-js)/)'],
  setupFiles: ['reflect-metadata'],
  // Real database servers: started by the first test that needs one, ended with the run.
  globalSetup: '<rootDir>/test/support/servers/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/servers/global-teardown.ts',
  // Some 500 MB of other gateways, once the bench has installed them.
  modulePathIgnorePatterns: ['<rootDir>/test/bench/peers/'],
  testPathIgnorePatterns: ['/node_modules/'],
  maxWorkers: '100%',
  testTimeout: 30_000,
};
