import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, jest, test } from '@jest/globals';
import {
  documents,
  examplesIn,
  filesIn,
  findExamples,
  findFolders,
  importedIn,
} from './find-examples.mjs';

jest.setTimeout(120_000);

const here = import.meta.dirname;
const root = join(here, '..', '..');
const examples = findExamples(root);
const folders = findFolders(root);

test('fences marked `ts run` are found, others are not', () => {
  const text = 'a\n```ts\nno\n```\n```ts run\nyes();\n```\n';
  expect(examplesIn(text)).toEqual([{ code: 'yes();\n', line: 5 }]);
});

test('fences marked `file=` are files', () => {
  const text = '```js\nno\n```\n```js file=a.mjs\nyes();\n```\n```yaml file=b.yaml\nc: d\n```\n';
  expect([...filesIn(text)]).toEqual([
    ['a.mjs', 'yes();\n'],
    ['b.yaml', 'c: d\n'],
  ]);
});

test('there are examples to run', () => {
  expect(examples.length).toBeGreaterThan(0);
  expect(folders.length).toBeGreaterThan(0);
});

// A configuration, or a file with code, that a reader writes in a clone lies under examples/.
describe('what the code of a page imports is found from examples/', () => {
  const { resolve } = createRequire(join(root, 'examples', 'package.json'));
  const pages = documents(root)
    .map((file) => [file, importedIn(readFileSync(join(root, file), 'utf8'))])
    .filter(([, names]) => names.length > 0);

  test.each(pages)('%s', (_file, names) => {
    const installed = names.filter((name) => !name.endsWith('/testing')); // these need jest, too
    expect(() => installed.map((name) => resolve(name))).not.toThrow();
  });
});

describe('the configurations of a page run beside its files', () => {
  const cases = folders.flatMap(({ file, files }) =>
    [...files.keys()]
      .filter((name) => name.endsWith('.yaml'))
      .map((config) => [`${file}: ${config}`, config, files]),
  );

  test.each(cases)('%s', async (_place, config, files) => {
    const folder = await mkdtemp(join(here, '.example-'));
    const pare = join(root, 'packages', 'cli', 'dist', 'bin.js');
    try {
      for (const [name, content] of files) await writeFile(join(folder, name), content);
      const args = [pare, 'run', config, '--engine', 'tfjs-wasm', '--json'];
      const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder });
      expect(stdout).toContain('"type":"result"');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('an example of the documentation runs against the built packages', () => {
  test.each(examples.map((example, i) => [`${example.file}:${example.line}`, example, i]))(
    '%s',
    async (_place, { code }, i) => {
      // Beside this file, so that the packages are found. The examples use no type syntax.
      const file = join(here, `.example-${i}.mjs`);
      await writeFile(file, code);
      try {
        await expect(promisify(execFile)(process.execPath, [file])).resolves.toBeDefined();
      } finally {
        await rm(file);
      }
    },
  );
});
