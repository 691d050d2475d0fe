import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { createTensorFlowEngine } from '@pare/engine-tensorflow';
import { addParameters } from '@pare/graph';
import { lcsMethod } from '../lcs-method.ts';
import { lcsOptions } from '../options.ts';
import { regimeOf } from '../regime-of.ts';
import { lcsSettings } from '../settings.ts';
import { lcsNetworks } from '../testing/lcs-networks.ts';
import { nameFilled } from '../testing/name-fill.ts';
import { objectivePass } from '../testing/objective-pass.ts';
import { twoImages } from '../testing/two-images.ts';
import type { Engine, Random, TrainStage } from '@pare/core';

// Expected numbers come from the authors' code with the same fill and images.

// A busy machine takes its time for whole networks.
jest.setTimeout(60_000);

let engine: Engine;
beforeAll(async () => {
  engine = await createTensorFlowEngine();
});
afterAll(() => engine.dispose());

/** One pass in training; `draw` is what all random numbers are. */
async function passOf(norm: 'batch' | 'group', options: object, { step = 0, draw = 0 }) {
  const parsed = lcsOptions.parse({ setting: 'unstructured', batchSize: 2, ...options });
  const plain = lcsNetworks.cPreResNet20(norm);
  const added = regimeOf(lcsSettings(parsed, plain.name)).added(plain);
  const network = addParameters(plain, added);
  const { info } = twoImages();
  const stage = lcsMethod(parsed).plan({ network: plain, dataset: info }).at(-1) as TrainStage;
  const random = { uniform: () => draw } as Random;
  const progress = { step, epoch: 0, stepsPerEpoch: 1, learningRate: 0.1, random };
  const state = { network, weights: nameFilled(network.parameters) };
  return objectivePass(engine, state, { stage, feeds: stage.feeds!(progress) });
}

describe('training of cPreResNet20 with the authors’ fill', () => {
  test('the baseline uses the statistics of the batch', async () => {
    const options = { variant: 'target-topk', keep: 1 };
    const { logits, metrics } = await passOf('batch', options, {});
    [-0.279033, 0.150387, 0.0202875, 0.207215].forEach((value, i) =>
      expect(logits[i]).toBeCloseTo(value, 4),
    );
    expect(metrics.loss).toBeCloseTo(2.190207, 4);
  });

  test('half of the way to full compression, the middle of the line keeps three quarters', async () => {
    // 200 epochs of one step: the warm-up takes 160. No end, but the point 0.025 + 0.975 · draw = 0.5.
    const at = { step: 80, draw: (0.5 - 0.025) / 0.975 };
    const { metrics } = await passOf('group', { variant: 'lcs-l', endProbability: 0 }, at);
    expect(metrics.loss).toBeCloseTo(2.018245, 4);
    expect(metrics.cosine).toBeCloseTo(2.0801e-6, 8);
  });
});
