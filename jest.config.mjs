import { existsSync, readdirSync } from 'node:fs';
import { testTimeout } from './tools/config/jest-preset.mjs';

const root = import.meta.dirname;

/** Every folder below packages/ and tools/ that has a Jest configuration of its own. */
const projects = ['packages', 'tools'].flatMap((group) =>
  readdirSync(`${root}/${group}`)
    .map((name) => `${root}/${group}/${name}`)
    .filter((folder) => existsSync(`${folder}/jest.config.mjs`)),
);

// Two workers keep the engines from fighting over cores; module contexts are never freed, so big workers restart.
export default { projects, testTimeout, maxWorkers: 2, workerIdleMemoryLimit: '1GB' };
