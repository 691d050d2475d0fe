import { execFile } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, jest, test } from '@jest/globals';
import { examplesIn, findExamples } from './find-examples.mjs';

jest.setTimeout(120_000);

const here = import.meta.dirname;
const examples = findExamples(join(here, '..', '..'));

test('fences marked `ts run` are found, others are not', () => {
  const text = 'a\n```ts\nno\n```\n```ts run\nyes();\n```\n';
  expect(examplesIn(text)).toEqual([{ code: 'yes();\n', line: 5 }]);
});

test('there are examples to run', () => {
  expect(examples.length).toBeGreaterThan(1);
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
