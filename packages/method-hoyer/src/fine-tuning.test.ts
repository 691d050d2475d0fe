import { describe, expect, test } from '@jest/globals';
import { trainBriefly } from '@pare/core/testing';
import { hoyerMethod } from './hoyer-method.ts';
import { hoyerOptions } from './options.ts';
import type { Tensors } from '@pare/core';

/** Weights after pruning a fresh network at 0.8 standard deviations and fine-tuning it for an epoch. */
async function weightsAfter(finetune: object | false): Promise<Tensors> {
  const options = { train: false, prune: { sensitivity: 0.8 }, finetune };
  return (await trainBriefly(hoyerMethod(hoyerOptions.parse(options)), 1)).weights;
}

const zeros = (weights: Tensors) =>
  [...weights].flatMap(([name, { data }]) =>
    Array.from(data, (value, i) => (value === 0 ? `${name} ${i}` : '')).filter(Boolean),
  );

describe('fine-tuning by the trainer', () => {
  test.each(['zeros', 'mask'])('with freeze: %s leaves what was pruned at 0', async (freeze) => {
    const pruned = await weightsAfter(false);
    const tuned = await weightsAfter({ freeze, keep: 'last', learningRate: 0.01 });
    expect(zeros(pruned).length).toBeGreaterThan(10);
    expect(zeros(pruned).some((element) => element.includes('bias'))).toBe(true);
    expect(zeros(tuned)).toEqual(zeros(pruned));
    expect(tuned).not.toEqual(pruned);
  });

  test('ends with the pruned network itself where no epoch does better', async () => {
    // Steps too small to change an answer.
    const tiny = { learningRate: 1e-6 };
    const pruned = await weightsAfter(false);
    expect(await weightsAfter({ ...tiny, keep: 'best' })).toEqual(pruned);
    expect(await weightsAfter({ ...tiny, keep: 'last' })).not.toEqual(pruned);
  });
});
