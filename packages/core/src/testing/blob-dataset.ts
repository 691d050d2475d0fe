import { SeededRandom } from '../random/seeded-random.ts';
import { shuffledIndices } from '../random/shuffled-indices.ts';
import type { Batch, BatchOptions, Dataset, Split } from '../contracts/dataset.ts';

/** Sizes of the splits of a `blobDataset`. */
export interface BlobOptions {
  readonly train?: number;
  readonly validation?: number;
  readonly test?: number;
}

/** Images [2, 2, 1] of three classes: a bright pixel at the place of the class, and noise. Made up, tiny, for tests. */
export function blobDataset({ train = 48, validation = 0, test = 24 }: BlobOptions = {}): Dataset {
  const splits = {
    train: examples('train', train),
    validation: examples('validation', validation),
    test: examples('test', test),
  };
  return {
    info: {
      name: 'blobs',
      imageShape: [2, 2, 1],
      classes: 3,
      sizes: { train, test, ...(validation > 0 && { validation }) },
      normalization: { mean: [0], deviation: [1] },
      source: 'made up by blobDataset',
    },
    // eslint-disable-next-line @typescript-eslint/require-await
    async *batches(split: Split, { batchSize, seed, start = 0, dropLast = false }: BatchOptions) {
      const { x, y } = splits[split];
      const order =
        seed === undefined
          ? Int32Array.from(y, (_, i) => i)
          : shuffledIndices(y.length, new SeededRandom(seed));
      for (let from = start * batchSize; from < y.length; from += batchSize) {
        const picked = [...order.subarray(from, from + batchSize)];
        if (dropLast && picked.length < batchSize) return;
        yield {
          x: Float32Array.from(picked.flatMap((i) => [...x.subarray(4 * i, 4 * i + 4)])),
          y: Int32Array.from(picked, (i) => y[i]!),
          size: picked.length,
        };
      }
    },
  };
}

function examples(split: string, size: number): Pick<Batch, 'x' | 'y'> {
  const random = new SeededRandom(1).fork(split);
  const y = Int32Array.from({ length: size }, (_, i) => i % 3);
  const x = new Float32Array(4 * size).map(
    (_, i) => 0.35 * random.normal() + (i % 4 === y[i >> 2] ? 1 : 0),
  );
  return { x, y };
}
