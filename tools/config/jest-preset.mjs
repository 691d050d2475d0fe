import { fileURLToPath } from 'node:url';

/** Milliseconds after which a test counts as hung. Nothing is timed, and other work may keep the machine busy. */
export const testTimeout = 120_000;

/** Settings of every package's Jest run: ES modules, swc, and workspace imports that reach `src` without a build. */
export default {
  testEnvironment: 'node',
  testTimeout,
  testMatch: ['<rootDir>/src/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  // tsyringe asks for the Reflect polyfill while it is linked, before any import of ours has run.
  setupFiles: ['reflect-metadata', fileURLToPath(new URL('./property-seed.mjs', import.meta.url))],
  testEnvironmentOptions: { customExportConditions: ['@pare/source', 'node', 'node-addons'] },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
};
