import { describe, expect, test } from '@jest/globals';
import { parseOptions } from '@pare/core';
import { lcsOptions } from './options.ts';
import { lcsSettings, variantsOf } from './settings.ts';
import type { LcsSettings } from './settings.ts';

const settingsOf = (options: object, model = 'cpreresnet-20'): LcsSettings =>
  lcsSettings(parseOptions(lcsOptions, options, { owner: 'method "lcs"' }), model);

const variants = Object.entries(variantsOf).flatMap(([setting, names]) =>
  names.map((variant) => ({ setting, variant })),
);

describe('defaults', () => {
  test('are structured lcs-l without the mistakes of the authors', () => {
    expect(settingsOf({})).toMatchObject({
      setting: 'structured',
      variant: 'lcs-l',
      reference: false,
    });
    expect(settingsOf({ preset: 'reference' }).reference).toBe(true);
  });

  test.each([
    ['cpreresnet-20', { epochs: 200, batchSize: 128, weightDecay: 5e-4 }],
    ['resnet-18', { epochs: 90, batchSize: 128, weightDecay: 5e-5 }],
    ['vgg-19', { epochs: 90, batchSize: 256, weightDecay: 5e-5 }],
    ['vgg-19-bn', { epochs: 90, batchSize: 256, weightDecay: 5e-5 }],
    ['lenet-5', { epochs: 200, batchSize: 128, weightDecay: 5e-4 }],
  ])('%s: epochs, batch size, weight decay', (model, expected) => {
    for (const variant of variants) {
      expect(settingsOf(variant, model)).toMatchObject({
        ...expected,
        momentum: 0.9,
        warmUpBudget: 80,
        learningRateWarmUp: 5,
        beta: 1,
      });
    }
  });

  test.each(variants)('$setting $variant: learning rate', ({ setting, variant }) => {
    const rate = setting === 'quantized' ? 0.025 : 0.1;
    expect(settingsOf({ setting, variant }).learningRate).toBe(rate);
  });

  test('an option that is given wins over those of model and setting', () => {
    const given = { epochs: 3, batchSize: 7, weightDecay: 0, learningRate: 0.5, momentum: 0 };
    expect(settingsOf(given, 'vgg-19')).toMatchObject(given);
  });

  const sevenWidths = [1, 0.875, 0.75, 0.625, 0.5, 0.375, 0.25];
  const shares = [1, 0.95, 0.9, 0.75, 0.5, 0.25, 0.2, 0.175, 0.15, 0.125, 0.1, 0.075, 0.05, 0.025];
  const manyBits = [8, 7, 6, 5, 4, 3];
  test.each([
    [
      'structured',
      'lcs-l',
      { widths: [0.25, 1], widthSamples: 4, sampling: 'sandwich' },
      sevenWidths,
    ],
    ['structured', 'lcs-p', { widths: [0.25, 1], widthSamples: 4 }, sevenWidths],
    ['structured', 'us', { widths: [0.25, 1], widthSamples: 4 }, sevenWidths],
    ['structured', 'ns', { widthList: [1, 0.75, 0.5, 0.25] }, sevenWidths],
    ['structured', 'lec', { normSparsity: 1e-5 }, [1, 0.95, 0.9, 0.75, 0.5, 0.25, 0.1, 0.05]],
    ['unstructured', 'lcs-l', { keep: [0.025, 1], endProbability: 0.5 }, shares],
    ['unstructured', 'lcs-p', { keep: [0.025, 1] }, shares],
    [
      'unstructured',
      'target-topk',
      { keep: [0.9, 0.9] },
      [1, 0.95, 0.9, 0.75, 0.5, 0.25, 0.1, 0.05, 0.025],
    ],
    ['quantized', 'lcs-l', { bits: [3, 8], discreteBits: true }, manyBits],
    ['quantized', 'lcs-p', { bits: [3, 8] }, manyBits],
    ['quantized', 'target-bit-width', { bits: [6, 6] }, manyBits],
  ])('%s %s: its own options and grid', (setting, variant, own, grid) => {
    const settings = settingsOf({ setting, variant });
    expect(settings).toMatchObject(own);
    expect(settings.grid).toHaveLength(grid.length);
    grid.forEach((value, i) => expect(settings.grid[i]).toBeCloseTo(value, 12));
  });
});

describe('the grid', () => {
  test('of widths runs from the least to the greatest, exactly', () => {
    for (const [from, to] of [
      [0.1, 0.5],
      [0.1, 0.9],
      [0.05, 0.25],
    ] as const) {
      const { grid } = settingsOf({ widths: [from, to] });
      expect([grid[0], grid[3], grid[6]]).toEqual([to, expect.closeTo((from + to) / 2, 12), from]);
    }
  });

  test('of ns lies between the widths of its list', () => {
    const ns = { variant: 'ns' };
    expect(settingsOf({ ...ns, widthList: [0.2, 0.5] }).grid).toHaveLength(7);
    expect(settingsOf({ ...ns, widthList: [0.2, 0.5] }).grid[0]).toBe(0.5);
    expect(settingsOf({ ...ns, widthList: [0.5] }).grid).toEqual([0.5]);
  });

  test('of bits has all of the range', () => {
    const bits = { setting: 'quantized', bits: [4, 6] };
    expect(settingsOf(bits).grid).toEqual([6, 5, 4]);
    expect(settingsOf({ ...bits, variant: 'lcs-p' }).grid).toEqual([6, 5, 4]);
  });

  test('starts with what is compressed least, in whatever order it is given', () => {
    expect(settingsOf({ grid: [0.3, 1, 0.5] }).grid).toEqual([1, 0.5, 0.3]);
  });
});

test('one number is the target of a baseline, two are a range', () => {
  const unstructured = { setting: 'unstructured' };
  expect(settingsOf({ ...unstructured, variant: 'target-topk', keep: 0.5 }).keep).toEqual([
    0.5, 0.5,
  ]);
  expect(settingsOf({ ...unstructured, keep: [0, 0.5], grid: [0.5] }).keep).toEqual([0, 0.5]);
  const target = { setting: 'quantized', variant: 'target-bit-width', bits: 4 };
  expect(settingsOf(target).bits).toEqual([4, 4]);
});

test('a warm-up of 0 is no warm-up', () => {
  expect(settingsOf({ setting: 'unstructured', warmUpBudget: 0 }).warmUpBudget).toBe(0);
});
