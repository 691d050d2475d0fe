import { describe, expect, test } from '@jest/globals';
import { NetworkBuilder } from '@pare/graph';
import { createCpreresnet20, createResnet } from '@pare/models';
import { lcsMethod } from '../lcs-method.ts';
import { lcsOptions } from '../options.ts';
import { build, filled, plain } from '../testing/batch-norm-networks.ts';
import { trainOneStep } from '../testing/train-one-step.ts';
import { twoImages } from '../testing/two-images.ts';
import type { TrainStage } from '@pare/core';
import type { Network } from '@pare/graph';

const task = { imageShape: [32, 32, 3], classes: 10 } as const;
const dataset = twoImages().info;
const options = (more: object) => lcsOptions.parse({ variant: 'lec', ...more });

function stagesOf(network: Network, more: object = {}, warnings: string[] = []) {
  const method = lcsMethod(options(more), { warn: (message) => warnings.push(message) });
  return method.plan({ network, dataset });
}

describe('training', () => {
  const network = build(plain, task.imageShape);
  const state = filled(network);
  const scale = state.weights.get('bn1.weight')!.data as Float32Array;
  scale[0] = 0;

  async function trained(normSparsity: number) {
    const [stage] = stagesOf(network, { normSparsity, learningRate: 0.5 }) as [TrainStage];
    return trainOneStep(state, stage, () => ({}));
  }

  test('adds the sign of norm scales to their gradient, and nothing to the loss', async () => {
    const [with_, without] = [await trained(0.25), await trained(0)];
    expect(with_.metrics.loss).toBe(without.metrics.loss);
    for (const [name, { data }] of with_.weights) {
      const plainly = without.weights.get(name)!.data;
      const factor = /bn\d\.weight/.test(name) ? 0.5 * 0.25 : 0;
      const before = state.weights.get(name)!.data;
      data.forEach((value, i) =>
        expect(value).toBeCloseTo(plainly[i]! - factor * Math.sign(before[i]!), 6),
      );
    }
    expect(with_.weights.get('bn1.weight')!.data[1]).not.toBeCloseTo(
      without.weights.get('bn1.weight')!.data[1]!,
      3,
    );
  }, 30_000);

  test('adds no parameters: one stage', () => {
    expect(stagesOf(network).map(({ name }) => name)).toEqual(['train']);
  });
});

describe('networks', () => {
  const cpreresnet = (norm: 'batch' | 'instance' | 'group' | 'none') =>
    createCpreresnet20({ norm }).build(new NetworkBuilder(), task);

  test.each(['instance', 'group', 'none'] as const)('with %s norm are refused', (norm) => {
    expect(() => stagesOf(cpreresnet(norm))).toThrow(/lec".*batch.*"norm"/s);
  });

  test('whose norms can all be taken out give no warning', () => {
    const warnings: string[] = [];
    stagesOf(cpreresnet('batch'), {}, warnings);
    expect(warnings).toEqual([]);
  });

  const resnet = createResnet({ preset: 'lcs', depth: 18 }).build(new NetworkBuilder(), task);

  test('with norms before additions are announced: those are only masked', () => {
    const warnings: string[] = [];
    stagesOf(resnet, {}, warnings);
    expect(warnings).toEqual([
      expect.stringMatching(
        /12 of 20 batch norms of "resnet-18".*bn1, layer1\.0\.bn2.*set to zero/,
      ),
    ]);
  });

  test('and refused with the habits of the authors', () => {
    expect(() => stagesOf(resnet, { preset: 'reference' })).toThrow(/12 of 20.*default preset/);
  });
});

describe('the result', () => {
  const state = filled(build(plain));

  test('says which statistics are used in evaluation', () => {
    const said = (preset: string) =>
      lcsMethod(options({ preset })).report(state).values['statistics in evaluation'];
    expect(said('default')).toBe('running');
    expect(said('reference')).toBe('batch');
  });

  test('has tables whose rows have the columns', () => {
    for (const { columns, rows } of lcsMethod(options({})).report(state).tables) {
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows) expect(Object.keys(row)).toEqual(columns.map(({ key }) => key));
    }
  });

  test('has the authors’ grid of kept shares, the whole network first', () => {
    const method = lcsMethod(options({}));
    expect(method.operatingPoints(state).map(({ settings }) => settings.keep)).toEqual([
      1, 0.95, 0.9, 0.75, 0.5, 0.25, 0.1, 0.05,
    ]);
    expect(method.dials!(state)).toMatchObject([{ name: 'keep', from: 0, to: 1 }]);
    expect('dial' in method).toBe(false);
  });

  test('stays one network where it falls back to masks, with batch statistics too', () => {
    const method = lcsMethod(options({ preset: 'reference' }));
    const at = (keep: number) => method.at!(state, { name: '', settings: { keep } }).network;
    expect(at(0.05)).toBe(at(0));
  });
});
