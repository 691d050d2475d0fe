import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, jest, test } from '@jest/globals';
import { Registry, readConfig } from '@pare/core';
import datasets from '@pare/datasets';
import { pare, temporaryFolder } from './testing/run-pare.ts';
import type { PartReference } from '@pare/core';

// Processes start in seconds where the machine is busy.
jest.setTimeout(180_000);

const folder = fileURLToPath(new URL('../../../examples', import.meta.url));
const examples = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.yaml') && !/node_modules|^mine/.test(file))
  .sort();

/** Images of data sets that a machine need not have. */
const shapes: Readonly<Record<string, { imageShape: number[]; classes: number }>> = {
  'fashion-mnist': { imageShape: [28, 28, 1], classes: 10 },
  'cifar-10': { imageShape: [32, 32, 3], classes: 10 },
  'cifar-100': { imageShape: [32, 32, 3], classes: 100 },
  svhn: { imageShape: [32, 32, 3], classes: 10 },
  'tiny-imagenet': { imageShape: [64, 64, 3], classes: 10 },
  imagenet: { imageShape: [224, 224, 3], classes: 1000 },
  'image-folder': { imageShape: [128, 128, 3], classes: 10 },
};

const registry = new Registry().use(datasets);

/** Settings that put made-up images in the place of data that may be missing; the options of the data set are checked. */
async function standIn(file: string): Promise<string[]> {
  const { dataset } = await readConfig(join(folder, file));
  const reference = typeof dataset === 'string' ? { name: dataset } : (dataset as PartReference);
  const complete = registry.complete('dataset', reference) as PartReference & {
    pad?: number;
    imageSize?: number;
  };
  const { name, pad = 0, imageSize } = complete;
  const shape = shapes[name];
  if (shape === undefined) return [];
  const resized = imageSize && { imageShape: [imageSize, imageSize, 3] };
  const images = { name: 'synthetic', ...shape, ...resized, pad, train: 20, test: 4 };
  return ['--set', `dataset=${JSON.stringify(images)}`];
}

describe('an example can be planned', () => {
  test.each(examples)('%s', async (file) => {
    const { code, stdout, stderr } = await pare([
      'plan',
      join(folder, file),
      ...(await standIn(file)),
    ]);
    // Warnings are fine: an example may show a setting that has one.
    expect({ code, error: /error: .*/.exec(stderr)?.[0] }).toEqual({ code: 0, error: undefined });
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
