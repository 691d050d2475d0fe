export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/dist/**/*.test.js'],
  // The container behind the registry asks for it before any import of ours has run.
  setupFiles: ['reflect-metadata'],
  transform: {},
};
