import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, jest, test } from '@jest/globals';
import { pare, temporaryFolder } from './testing/run-pare.ts';

// Processes start in seconds where the machine is busy.
jest.setTimeout(180_000);

const folder = fileURLToPath(new URL('../../../examples', import.meta.url));
const examples = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.yaml') && !file.includes('node_modules'))
  .sort();

describe('an example can be planned as it stands', () => {
  test.each(examples)('%s', async (file) => {
    const { code, stdout, stderr } = await pare(['plan', join(folder, file)]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/Stages\n/);
  });
});

test('the example that needs no data runs', async () => {
  await using place = await temporaryFolder();
  const small = ['--set', 'dataset.train=200', '--set', 'dataset.test=50', '--engine', 'tfjs-wasm'];
  const { code, stdout } = await pare(['run', join(folder, 'synthetic.yaml'), ...small], {
    cwd: place.path,
  });
  expect([code, stdout]).toEqual([0, expect.stringContaining('Before and after')]);
});
