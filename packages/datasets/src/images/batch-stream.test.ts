import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { batchStream, checkBatchOptions } from './batch-stream.ts';
import { convertPixels } from './convert-pixels.ts';
import type { Batch, BatchOptions } from '@pare/core';

/** Image i has the pixels i and 100 + i, and the label 10 i. */
function stream(count: number, options: BatchOptions) {
  const numbers = Array.from({ length: count }, (_, i) => i);
  const source = {
    images: Uint8Array.from(numbers.flatMap((i) => [i, 100 + i])),
    labels: Int32Array.from(numbers, (i) => 10 * i),
    shape: [1, 2, 1] as const,
  };
  const table = Float32Array.from({ length: 256 }, (_, byte) => byte);
  const plain = (bytes: Uint8Array, to: Float32Array) => convertPixels(bytes, [table], to);
  const writers = { plain, seeded: () => plain };
  return batchStream({ source, rows: Int32Array.from(numbers) }, writers, options);
}

async function collect(batches: AsyncIterable<Batch>): Promise<Batch[]> {
  const all: Batch[] = [];
  for await (const batch of batches) all.push(batch);
  return all;
}

const labels = (batches: readonly Batch[]) => batches.map(({ y }) => [...y]);

describe('batches', () => {
  test('come in order without a seed, the last one smaller', async () => {
    const batches = await collect(stream(3, { batchSize: 2 }));
    expect(batches).toEqual([
      { x: Float32Array.of(0, 100, 1, 101), y: Int32Array.of(0, 10), size: 2 },
      { x: Float32Array.of(2, 102), y: Int32Array.of(20), size: 1 },
    ]);
  });

  test('leave out a last batch that is not full if asked to', async () => {
    expect(labels(await collect(stream(5, { batchSize: 2, dropLast: true })))).toEqual([
      [0, 10],
      [20, 30],
    ]);
    expect(await collect(stream(4, { batchSize: 2, dropLast: true }))).toHaveLength(2);
  });

  test('with a seed show every image once, pixels with their labels', async () => {
    const [batch] = await collect(stream(50, { batchSize: 50, seed: 3 }));
    const order = [...batch!.y].map((label) => label / 10);
    expect([...batch!.x]).toEqual(order.flatMap((i) => [i, 100 + i]));
    const sorted = Array.from({ length: 50 }, (_, i) => i);
    expect(order).not.toEqual(sorted);
    expect(order.toSorted((a, b) => a - b)).toEqual(sorted);
  });

  test('depend on the seed only', async () => {
    const run = async (seed: number) => labels(await collect(stream(50, { batchSize: 8, seed })));
    expect(await run(3)).toEqual(await run(3));
    expect(await run(3)).not.toEqual(await run(4));
  });

  test('go on exactly where a pass stopped', async () => {
    const passes = fc.record({
      count: fc.integer({ min: 1, max: 40 }),
      batchSize: fc.integer({ min: 1, max: 9 }),
      seed: fc.option(fc.nat(), { nil: undefined }),
      stop: fc.nat(45),
      dropLast: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(passes, async ({ count, stop, ...options }) => {
        const whole = await collect(stream(count, options));
        const rest = await collect(stream(count, { ...options, start: stop }));
        expect([...whole.slice(0, stop), ...rest]).toEqual(whole);
      }),
    );
  });

  test('own their memory: sending one away harms neither the next nor the data', async () => {
    const batches = stream(4, { batchSize: 2 });
    const seen: number[][] = [];
    for await (const { x, y } of batches) {
      seen.push([...y]);
      structuredClone({ x, y }, { transfer: [x.buffer, y.buffer] as ArrayBuffer[] });
    }
    expect(seen).toEqual(labels(await collect(batches)));
  });

  test.each([
    [{ batchSize: 0 }, 'batchSize must be a whole number from 1; received 0'],
    [{ batchSize: 2.5 }, 'batchSize must be a whole number from 1; received 2.5'],
    [{ batchSize: 1, start: -1 }, 'start must be a whole number from 0; received -1'],
    [{ batchSize: 1, seed: 0.5 }, 'seed must be a whole number; received 0.5'],
  ])('refuse %j before the first batch', (options, message) => {
    expect(() => stream(3, options)).toThrow(message);
  });

  test('refuse more at once than memory would hold', () => {
    const content = { images: 600_000, pixels: 3072 };
    expect(() => checkBatchOptions({ batchSize: 128 }, content)).not.toThrow();
    expect(() => checkBatchOptions({ batchSize: 1e9 }, content)).toThrow(
      'batches: 600000 images of 3072 numbers would take 7372800000 bytes of memory; expected at most 2147483648. Make batches smaller.',
    );
  });
});
