import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { gradients, listedImages } from './testing/listed-images.ts';
import { collect, labelsOf, openImages } from './testing/open-images.ts';
import type { TrainTransform } from './transform-options.ts';

let files: Uint8Array[] = [];
beforeAll(async () => {
  files = await gradients(13);
});

const everything: Partial<TrainTransform> = {
  brightness: 0.4,
  contrast: 0.4,
  saturation: 0.4,
  lighting: 0.1,
};

describe('a pass in order', () => {
  test('gives every image once, as it is, with its label', async () => {
    const dataset = openImages(listedImages(files));
    const batches = await collect(dataset.batches('test', { batchSize: 5 }));
    expect(labelsOf(batches)).toEqual([
      [0, 1, 2, 3, 4],
      [5, 6, 7, 8, 9],
      [10, 11, 12],
    ]);
    const image = batches[1]!.x.subarray(2 * 48, 3 * 48);
    const red = [0, 64, 128, 191];
    const rows = Array(4)
      .fill(red.flatMap((value) => [value, 70, 0]))
      .flat() as number[];
    expect([...image].map(Math.round)).toEqual(rows);
    expect(batches.map(({ x, size }) => [x.length, size])).toEqual([
      [240, 5],
      [240, 5],
      [144, 3],
    ]);
  });

  test('leaves out a last batch that is not full if asked to', async () => {
    const dataset = openImages(listedImages(files));
    const batches = await collect(dataset.batches('test', { batchSize: 5, dropLast: true }));
    expect(labelsOf(batches)).toEqual([
      [0, 1, 2, 3, 4],
      [5, 6, 7, 8, 9],
    ]);
  });
});

describe('a pass with a seed', () => {
  const pass = (seed: number, train: Partial<TrainTransform> = {}) =>
    collect(
      openImages(listedImages(files), { transforms: { train } }).batches('train', {
        batchSize: 4,
        seed,
      }),
    );

  test('shows every image once', async () => {
    const labels = labelsOf(await pass(3)).flat();
    expect(labels).not.toEqual([...files.keys()]);
    expect(labels.toSorted((a, b) => a - b)).toEqual([...files.keys()]);
  });

  test('is the same for the same seed, and another for another', async () => {
    expect(await pass(3, everything)).toEqual(await pass(3, everything));
    expect((await pass(3))[0]!.x).not.toEqual((await pass(4))[0]!.x);
  });

  test('goes on exactly where a pass stopped, without reading what came before', async () => {
    const passes = fc.record({
      batchSize: fc.integer({ min: 1, max: 6 }),
      seed: fc.nat(),
      stop: fc.nat(14),
      workers: fc.integer({ min: 1, max: 4 }),
      prefetch: fc.nat(3),
      crop: fc.constantFrom('resized' as const, 'padded' as const, 'center' as const),
    });
    await fc.assert(
      fc.asyncProperty(passes, async ({ stop, workers, prefetch, crop, ...options }) => {
        const images = listedImages(files);
        const transforms = { train: { ...everything, crop } };
        const dataset = openImages(images, { options: { workers, prefetch }, transforms });
        const rest = await collect(dataset.batches('train', { ...options, start: stop }));
        expect(images.reads).toHaveLength(Math.max(0, files.length - stop * options.batchSize));
        const whole = await collect(
          openImages(listedImages(files), { transforms }).batches('train', options),
        );
        expect([...whole.slice(0, stop), ...rest]).toEqual(whole);
      }),
      { numRuns: 25 },
    );
  });
});

describe('batches', () => {
  test('own their memory: sending one away harms neither the next nor the data', async () => {
    const options = { cache: 'memory' } as const;
    const dataset = openImages(listedImages(files), {
      options,
      transforms: { train: { crop: 'padded' } },
    });
    const pass = dataset.batches('train', { batchSize: 4, seed: 1 });
    const kept = await collect(pass);
    const sent = [];
    for await (const { x, y, size } of pass) {
      sent.push({ x: x.slice(), y: y.slice(), size });
      structuredClone({ x, y }, { transfer: [x.buffer, y.buffer] as ArrayBuffer[] });
    }
    expect(sent).toEqual(kept);
  });

  test('are made ahead, but no more than asked for', async () => {
    const images = listedImages(files);
    const dataset = openImages(images, { options: { prefetch: 2, workers: 3 } });
    const pass = dataset.batches('train', { batchSize: 2, seed: 1 })[Symbol.asyncIterator]();
    await pass.next();
    // Everything that may be read is read after that many turns.
    for (let i = 0; i < 200; i++) await new Promise(setImmediate);
    expect(images.reads).toHaveLength(6);
    await pass.return!();
  });

  test('are not made any more when the consumer has gone', async () => {
    const images = listedImages(files);
    const dataset = openImages(images, { options: { prefetch: 5, workers: 1 } });
    for await (const { size } of dataset.batches('train', { batchSize: 1, seed: 1 })) {
      expect(size).toBe(1);
      break;
    }
    const read = images.reads.length;
    expect(read).toBeLessThan(files.length);
    for (let i = 0; i < 50; i++) await new Promise(setImmediate);
    expect(images.reads).toHaveLength(read);
  });

  test('of two passes at once share the workers', async () => {
    const images = listedImages(files);
    const dataset = openImages(images, { options: { workers: 3 } });
    await Promise.all(
      [1, 2].map((seed) => collect(dataset.batches('train', { batchSize: 4, seed }))),
    );
    expect(images.most()).toBe(3);
  });

  test.each([
    [{ batchSize: 0 }, 'batchSize must be a whole number from 1; received 0'],
    [{ batchSize: 1, start: -1 }, 'start must be a whole number from 0; received -1'],
  ])('with %j are refused at once', (options, message) => {
    expect(() => openImages(listedImages(files)).batches('train', options)).toThrow(message);
  });

  test('of a split that is not there are refused', () => {
    expect(() => openImages(listedImages(files)).batches('validation', { batchSize: 1 })).toThrow(
      'set: has no split "validation"; it has train, test.',
    );
  });
});

describe('a data set', () => {
  test('says what it is', () => {
    expect(openImages(listedImages(files)).info).toEqual({
      name: 'set',
      imageShape: [4, 4, 3],
      classes: 100,
      sizes: { train: 13, test: 13 },
      normalization: { mean: [0, 0, 0], deviation: [1 / 255, 1 / 255, 1 / 255] },
      source: 'made by a test',
    });
  });

  test('refuses a centre crop larger than the image', () => {
    expect(() =>
      openImages(listedImages(files), { transforms: { evaluation: { resize: 3 } } }),
    ).toThrow(/expected at least 4, received 3/);
  });

  test('closes its sources', async () => {
    let closed = 0;
    const images = { ...listedImages(files), close: () => Promise.resolve(void closed++) };
    await openImages(images).dispose!();
    expect(closed).toBe(2);
  });

  test('are refused in batches that do not fit into memory', () => {
    const dataset = openImages(listedImages(files), { side: 8000 });
    expect(() => dataset.batches('test', { batchSize: 9 })).toThrow(
      /^batches: \d images of 192000000 numbers would take \d+ bytes of memory; .* Make batches smaller\./,
    );
    expect(() => dataset.batches('test', { batchSize: 2 })).not.toThrow();
  });
});
