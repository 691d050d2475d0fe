import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { closingLine } from './closing-line.mjs';
import { runOpenly } from './command.mjs';
import { prepare } from './prepare.mjs';
import { root } from './root.mjs';
import { announce, runMain } from './step.mjs';

const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
const resultsFile = join(root, 'node_modules', '.cache', 'pare-setup', 'test-results.json');

// `npm test`: the tests of every package in one run. Arguments go to Jest (a path, `-t name`, …).
await runMain(async (args) => {
  await prepare();
  announce('test', 'every package (jest)');
  mkdirSync(join(resultsFile, '..'), { recursive: true });
  rmSync(resultsFile, { force: true });
  const code = await runOpenly(process.execPath, [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    jest,
    '--json',
    `--outputFile=${resultsFile}`,
    ...args,
  ]);
  if (!existsSync(resultsFile)) return code || 1;
  console.log(closingLine(JSON.parse(readFileSync(resultsFile, 'utf8'))));
  return code;
});
