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

/** Metrics of one pass over cPreResNet20 in training; `draw` is what all random numbers are. */
async function metricsOf(norm: 'batch' | 'instance', options: object, draw: number) {
  const parsed = lcsOptions.parse(options);
  const plain = lcsNetworks.cPreResNet20(norm);
  const added = regimeOf(lcsSettings(parsed, plain.name)).added(plain);
  const network = addParameters(plain, added);
  const { info } = twoImages();
  const stage = lcsMethod(parsed).plan({ network: plain, dataset: info }).at(-1) as TrainStage;
  const random = { uniform: () => draw } as Random;
  const progress = { step: 0, epoch: 0, stepsPerEpoch: 1, learningRate: 0.1, random };
  const state = { network, weights: nameFilled(network.parameters) };
  const { metrics } = await objectivePass(engine, state, { stage, feeds: stage.feeds!(progress) });
  return metrics;
}

describe('the loss of a step', () => {
  test('of ns is the mean over its list, in its order, with one set of statistics', async () => {
    const metrics = await metricsOf('batch', { variant: 'ns', widthList: [0.25, 1, 0.5] }, 0);
    const [narrow, wide, half] = [2.402182, 2.190207, 2.202595];
    expect(metrics['loss at 0.25']).toBeCloseTo(narrow, 4);
    expect(metrics['loss at 1']).toBeCloseTo(wide, 4);
    expect(metrics['loss at 0.5']).toBeCloseTo(half, 4);
    expect(metrics.loss).toBeCloseTo((narrow + wide + half) / 3, 4);
    expect(metrics).not.toHaveProperty('cosine');
  });

  test('of a line with one point is that of the point', async () => {
    const metrics = await metricsOf('instance', { sampling: 'point' }, 0.25);
    expect(metrics.loss).toBeCloseTo(2.224058, 4);
    expect(metrics.cosine).toBeCloseTo(0.9743031, 5);
  });

  test('of lcs-p has no line: all widths with the first end point', async () => {
    const metrics = await metricsOf('instance', { variant: 'lcs-p', widthSamples: 3 }, 0.25);
    // The narrow end of the line is its first end point; at other widths the line has other norms.
    expect(metrics['loss at 0.25']).toBeCloseTo(2.348519, 4);
    expect(metrics['loss at 1']).not.toBeCloseTo(2.096961, 2);
    expect(metrics).not.toHaveProperty('cosine');
  });
});
