import { describe, expect, test } from '@jest/globals';
import { NetworkBuilder, flatten } from '@pare/graph';
import { createReferenceEngine } from '../testing/reference-engine.ts';
import { blobDataset } from '../testing/blob-dataset.ts';
import { evaluateNetwork } from './evaluate-network.ts';
import type { Dataset } from '../contracts/dataset.ts';
import type { Tensors } from '../contracts/tensor.ts';

const builder = new NetworkBuilder();
const x = builder.input([2, 2, 1]);
const network = builder.build(
  'linear',
  x,
  builder.dense('out', flatten(x), { units: 3, bias: false }),
);

/** Logits are the first three pixels. */
const weights: Tensors = new Map([
  [
    'out.weight',
    { dtype: 'float32', shape: [4, 3], data: Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0) },
  ],
]);

/** Five images with a bright pixel 0; the labels of two say so. */
const five: Dataset = {
  info: { ...blobDataset().info, sizes: { test: 5 } },
  // eslint-disable-next-line @typescript-eslint/require-await
  async *batches(_split, { batchSize }) {
    const labels = [0, 1, 0, 2, 1];
    for (let from = 0; from < 5; from += batchSize) {
      const y = Int32Array.from(labels.slice(from, from + batchSize));
      yield {
        x: Float32Array.from({ length: 4 * y.length }, (_, i) => (i % 4 === 0 ? Math.log(2) : 0)),
        y,
        size: y.length,
      };
    }
  },
};

const evaluate = (changes = {}) =>
  evaluateNetwork({ engine: createReferenceEngine(), network, weights, dataset: five, ...changes });

describe('evaluateNetwork', () => {
  // Shares are 2/4, 1/4, 1/4: losses ln 2 (twice) and ln 4 (three times).
  test.each([1, 2, 5, 100])('mean loss and right answers, in batches of %d', async (batchSize) => {
    const result = await evaluate({ batchSize });
    expect(result).toMatchObject({ split: 'test', correct: 2, count: 5, accuracy: 0.4 });
    expect(result!.loss).toBeCloseTo((2 * Math.log(2) + 3 * Math.log(4)) / 5, 6);
  });

  test('the default is the test split, or validation where there is no test split', async () => {
    const dataset = blobDataset({ validation: 6 });
    expect(await evaluate({ dataset })).toMatchObject({ split: 'test', count: 24 });
    expect(await evaluate({ dataset, split: 'validation' })).toMatchObject({
      split: 'validation',
      count: 6,
    });
    const only = { ...five, info: { ...five.info, sizes: { validation: 5 } } };
    expect(await evaluate({ dataset: only })).toMatchObject({ split: 'validation' });
  });

  test('nothing to evaluate on is an error', async () => {
    const none = { ...five, info: { ...five.info, sizes: { train: 5 } } };
    await expect(evaluate({ dataset: none })).rejects.toMatchObject({
      code: 'NO_EVALUATION_SPLIT',
    });
  });

  test('missing or misshapen weights are an error that names them', async () => {
    await expect(evaluate({ weights: new Map() })).rejects.toThrow(
      /"out\.weight" has no first value; expected float32 \[4, 3\]/,
    );
    const turned = new Map([['out.weight', { ...weights.get('out.weight')!, shape: [3, 4] }]]);
    await expect(evaluate({ weights: turned })).rejects.toThrow(
      /"out\.weight" must be float32 \[4, 3\]; received float32 \[3, 4\]/,
    );
  });

  test('gives nothing where the signal stops it', async () => {
    expect(await evaluate({ signal: AbortSignal.abort() })).toBeUndefined();
  });
});
