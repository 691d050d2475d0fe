export default {
  displayName: 'create-plugin',
  testEnvironment: 'node',
  testMatch: ['<rootDir>/*.test.mjs'],
  // The template is a package of its own, tested where it is created.
  modulePathIgnorePatterns: ['<rootDir>/template'],
  transform: {},
};
