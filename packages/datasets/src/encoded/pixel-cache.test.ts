import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { gradients, listedImages } from './testing/listed-images.ts';
import { collect, openImages } from './testing/open-images.ts';

let files: Uint8Array[] = [];
beforeAll(async () => {
  files = await gradients(9, 6);
});

describe('images that are kept in memory', () => {
  test('give the same batches as images that are decoded each time', async () => {
    const passes = fc.record({
      seed: fc.option(fc.nat(), { nil: undefined }),
      crop: fc.constantFrom('padded' as const, 'center' as const),
      brightness: fc.constantFrom(0, 0.5),
      lighting: fc.constantFrom(0, 0.1),
      fill: fc.constantFrom('black' as const, 'mean' as const),
      resize: fc.constantFrom(undefined, 5),
    });
    await fc.assert(
      fc.asyncProperty(passes, async ({ seed, resize, ...train }) => {
        const transforms = { train, evaluation: { resize } };
        const [kept, decoded] = (['memory', 'none'] as const).map((cache) =>
          openImages(listedImages(files), { options: { cache }, transforms }),
        );
        for (let pass = 0; pass < 2; pass++) {
          const batches = await collect(kept!.batches('train', { batchSize: 4, seed }));
          expect(batches).toEqual(await collect(decoded!.batches('train', { batchSize: 4, seed })));
        }
      }),
      { numRuns: 25 },
    );
  });

  test('are decoded once, when the first batch is asked for', async () => {
    const images = listedImages(files);
    const options = { cache: 'memory', workers: 2 } as const;
    const dataset = openImages(images, { options, transforms: { train: { crop: 'padded' } } });
    expect(images.reads).toHaveLength(0);
    for (const seed of [1, 2]) await collect(dataset.batches('train', { batchSize: 4, seed }));
    expect(images.reads.toSorted((a, b) => a - b)).toEqual([...files.keys()]);
    expect(images.most()).toBe(2);
  });

  test('are tried again after a failure', async () => {
    const images = listedImages(files);
    let broken = true;
    const read = async (index: number) => {
      if (broken) throw new Error('the disk is away');
      return images.read(index);
    };
    const options = { cache: 'memory' } as const;
    const dataset = openImages(
      { ...images, read },
      { options, transforms: { train: { crop: 'center' } } },
    );
    const pass = () => collect(dataset.batches('test', { batchSize: 9 }));
    await expect(pass()).rejects.toThrow('the disk is away');
    broken = false;
    expect(await pass()).toHaveLength(1);
  });

  test('are not decoded again for each image that waits behind a failure', async () => {
    const images = listedImages(files);
    const reads: number[] = [];
    const read: typeof images.read = async (index) => {
      reads.push(index);
      if (index === 2) throw new Error('not an image');
      return images.read(index);
    };
    const options = { cache: 'memory', workers: 1 } as const;
    const dataset = openImages(
      { ...images, read },
      { options, transforms: { train: { crop: 'center' } } },
    );
    await expect(collect(dataset.batches('test', { batchSize: 3 }))).rejects.toThrow(
      'not an image',
    );
    expect(reads).toEqual([0, 1, 2]);
  });

  test('are refused where they would not fit, before anything is read', () => {
    const options = { cache: 'memory', cacheLimit: 863 } as const;
    const transforms = { train: { crop: 'padded' } } as const;
    // Two splits of 9 images of 4 x 4 x 3 bytes.
    const open = (limit: number) =>
      openImages(listedImages(files), { options: { ...options, cacheLimit: limit }, transforms });
    expect(() => open(863)).toThrow(
      /^set: the decoded images would take 864 bytes of memory; expected at most 863\. Set "cache" to "none"/,
    );
    expect(() => open(864)).not.toThrow();
  });

  test('are refused where every pass sees other parts of them', () => {
    expect(() => openImages(listedImages(files), { options: { cache: 'memory' } })).toThrow(
      /"cache": "memory".*the crop "resized".*Set "cache" to "none", or the crop to "padded" or "center"/,
    );
  });
});
