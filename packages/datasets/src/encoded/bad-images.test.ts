import { beforeAll, describe, expect, test } from '@jest/globals';
import { PareError } from '@pare/core';
import { BadImages } from './bad-images.ts';
import { gradients, listedImages } from './testing/listed-images.ts';
import { collect, labelsOf, openImages } from './testing/open-images.ts';

const nothing = new Uint8Array(0);
let good: Uint8Array[] = [];
let files: Uint8Array[] = [];
beforeAll(async () => {
  good = await gradients(10);
  // Images 3, 4 and 9 are empty, cut off, and something else.
  files = [...good];
  [files[3], files[4], files[9]] = [nothing, good[4]!.subarray(0, 60), Buffer.from('text')];
});

function logger() {
  const lines: string[] = [];
  const log = { info: () => undefined, warn: (line: string) => void lines.push(line) };
  return { lines, log };
}

const caches = ['none', 'memory'] as const;
const open = (
  list: readonly Uint8Array[],
  onBadImage: 'fail' | 'skip',
  cache: 'none' | 'memory',
) => {
  const { lines, log } = logger();
  const transforms = { train: { crop: 'padded', padding: 1 } } as const;
  const options = { onBadImage, cache, workers: 2 };
  return { lines, dataset: openImages(listedImages(list), { options, transforms, log }) };
};

describe.each(caches)('a bad image, cache: %s', (cache) => {
  test('stops the pass with its name, the reason, and what to do', async () => {
    const { dataset } = open(files, 'fail', cache);
    await expect(collect(dataset.batches('test', { batchSize: 4 }))).rejects.toMatchObject({
      code: 'DATASET_BAD_IMAGE',
      message:
        'image 3: cannot be decoded: the file is empty. Get the file again, or set "onBadImage" to "skip" to go on without it.',
    });
  });

  test('that is skipped is left out of a pass in order', async () => {
    const { dataset, lines } = open(files, 'skip', cache);
    const batches = await collect(dataset.batches('test', { batchSize: 5 }));
    expect(labelsOf(batches)).toEqual([
      [0, 1, 2],
      [5, 6, 7, 8],
    ]);
    const wanted = await collect(
      open(good, 'fail', cache).dataset.batches('test', { batchSize: 5 }),
    );
    expect(batches[1]!.x).toEqual(wanted[1]!.x.slice(0, 4 * 48));
    // A second pass does not name them again.
    await collect(dataset.batches('test', { batchSize: 5 }));
    expect(lines.toSorted()).toEqual([
      expect.stringMatching(/^set \(test\): bad images so far: 1\. Skipped: image 3: .*empty\.$/),
      expect.stringMatching(/^set \(test\): bad images so far: 2\. Skipped: image [49]: /),
      expect.stringMatching(/^set \(test\): bad images so far: 3\. Skipped: image [49]: /),
    ]);
  });

  test('that is skipped gives its place to the next good one in a pass with a seed', async () => {
    const options = { batchSize: 4, seed: 5 };
    const { dataset } = open(files, 'skip', cache);
    const batches = await collect(dataset.batches('train', options));
    const order = labelsOf(
      await collect(open(good, 'fail', cache).dataset.batches('train', options)),
    );
    const instead = new Map([
      [3, 5],
      [4, 5],
      [9, 0],
    ]);
    expect(labelsOf(batches)).toEqual(
      order.map((y) => y.map((label) => instead.get(label) ?? label)),
    );
    // What is known to be bad after a pass changes nothing.
    expect(await collect(dataset.batches('train', options))).toEqual(batches);
    const resumed = open(files, 'skip', cache).dataset.batches('train', { ...options, start: 1 });
    expect(await collect(resumed)).toEqual(batches.slice(1));
  });

  test('is too much where nothing is good', async () => {
    const { dataset } = open(Array<Uint8Array>(3).fill(nothing), 'skip', cache);
    const wrong = { code: 'DATASET_BAD_IMAGES' };
    await expect(
      collect(dataset.batches('train', { batchSize: 2, seed: 1 })),
    ).rejects.toMatchObject(wrong);
    await expect(collect(dataset.batches('test', { batchSize: 2 }))).rejects.toMatchObject(wrong);
  });
});

describe('the list of bad images', () => {
  const bad = (index: number) =>
    new PareError('DATASET_BAD_IMAGE', `image ${index}: cannot be decoded.`);

  test('names the first twenty, and then only counts', () => {
    const { lines, log } = logger();
    const list = new BadImages('set (train)', 'skip', log);
    for (let index = 0; index < 1200; index++) list.add(index, bad(index));
    expect(list.count).toBe(1200);
    expect(lines).toHaveLength(22);
    expect(lines[19]).toMatch(/so far: 20\. Skipped: image 19: .* Further ones are not named\.$/);
    expect(lines.slice(20).map((line) => /so far: (\d+)/.exec(line)![1])).toEqual(['100', '1000']);
  });

  test('takes files that cannot be read, and throws what is no fault of an image', () => {
    const list = new BadImages('set (train)', 'skip', undefined);
    list.add(1, new PareError('DATASET_UNREADABLE', 'a.jpg: cannot be read.'));
    expect(list.has(1)).toBe(true);
    const mistake = new TypeError('x is not a function');
    expect(() => list.add(2, mistake)).toThrow(mistake);
    expect(list.has(2)).toBe(false);
  });
});
