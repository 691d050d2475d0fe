import { describe, expect, test } from '@jest/globals';
import { parseOptions } from '@pare/core';
import { lcsOptions } from './options.ts';
import { lcsSettings, variantsOf } from './settings.ts';
import type { SettingName } from './options.ts';

const read = (options: object) =>
  lcsSettings(parseOptions(lcsOptions, options, { owner: 'method "lcs"' }), 'cpreresnet-20');

/** Each of the options is refused with a sentence like this one. */
const refusals = (cases: readonly (readonly [options: object, message: RegExp])[]) =>
  test.each(cases)('%j', (options, message) => {
    expect(() => read(options)).toThrow(message);
  });

const settings = Object.keys(variantsOf) as SettingName[];
const unstructured = { setting: 'unstructured' };
const topk = { ...unstructured, variant: 'target-topk' };
const quantized = { setting: 'quantized' };
const oneWidth = { ...quantized, variant: 'target-bit-width' };

describe('what does not exist', () => {
  refusals([
    [{ setting: 'sparse' }, /"setting".*"unstructured".*received "sparse"/],
    [{ variant: 'lcs' }, /"variant".*"lcs-l".*received "lcs"/],
    [{ preset: 'paper' }, /"preset".*received "paper"/],
    [{ topk: 0.5 }, /"topk" is not known/],
  ]);

  const all = [...new Set(settings.flatMap((setting) => variantsOf[setting]))];
  const wrong = settings.flatMap((setting) =>
    all
      .filter((variant) => !variantsOf[setting].includes(variant))
      .map((variant) => ({ setting, variant })),
  );
  test.each(wrong)('$setting $variant', ({ setting, variant }) => {
    expect(() => read({ setting, variant })).toThrow(
      `"${variant}" does not exist for the setting "${setting}"; expected one of lcs-l, lcs-p`,
    );
  });
});

/** Options with the variants that read them. */
const owners = {
  widths: [
    [0.5, 1],
    ['structured lcs-l', 'structured lcs-p', 'structured us'],
  ],
  widthSamples: [3, ['structured lcs-l', 'structured lcs-p', 'structured us']],
  sampling: ['point', ['structured lcs-l']],
  widthList: [[1, 0.5], ['structured ns']],
  normSparsity: [1e-4, ['structured lec']],
  keep: [
    [0.1, 1],
    ['unstructured lcs-l', 'unstructured lcs-p'],
  ],
  endProbability: [0.1, ['unstructured lcs-l']],
  bits: [
    [4, 8],
    ['quantized lcs-l', 'quantized lcs-p'],
  ],
  discreteBits: [false, ['quantized lcs-l']],
} as const;

describe.each(Object.entries(owners))('"%s"', (key, [value, readers]) => {
  const grid = key === 'keep' ? { grid: [0.5] } : {};
  const pairs = settings.flatMap((setting) =>
    variantsOf[setting].map((variant) => ({ setting, variant })),
  );

  test(`is read by ${readers.join(', ')}`, () => {
    for (const reader of readers) {
      const [setting, variant] = reader.split(' ');
      expect(read({ setting, variant, ...grid, [key]: value })).toMatchObject({ [key]: value });
    }
  });

  test('is refused where it has no effect or needs one number', () => {
    for (const { setting, variant } of pairs) {
      if ((readers as readonly string[]).includes(`${setting} ${variant}`)) continue;
      expect(() => read({ setting, variant, ...grid, [key]: value })).toThrow(
        variant.startsWith('target') && (key === 'keep' || key === 'bits')
          ? /(has no effect|must be one number)/
          : new RegExp(`"${key}" has no effect with the setting "${setting}".*"${variant}"`),
      );
    }
  });
});

describe('widths', () => {
  refusals([
    [{ widths: [0, 1] }, /"widths/],
    [{ widths: [0.5, 1.5] }, /"widths/],
    [
      { widths: [1, 0.25] },
      /"widths" must be two numbers, the first less than the second; received 1 and 0.25/,
    ],
    [{ widths: [0.5, 0.5] }, /"widths" must be two numbers, the first less/],
    [{ widths: [0.5] }, /"widths/],
    [{ widthSamples: 1 }, /"widthSamples" must be at least 2/],
    [{ widthSamples: 2.5 }, /"widthSamples/],
    [{ variant: 'ns', widthList: [] }, /"widthList/],
    [{ variant: 'ns', widthList: [1, 0] }, /"widthList/],
    [{ variant: 'ns', widthList: [1.25] }, /"widthList/],
  ]);
});

describe('kept shares', () => {
  refusals([
    [{ ...topk, keep: 0 }, /"keep/],
    [{ ...topk, keep: 1.5 }, /"keep/],
    [{ ...topk, keep: [0.1, 1] }, /"keep" must be one number for the variant "target-topk"/],
    [{ ...unstructured, keep: 0.1 }, /"keep" must be two numbers, the least and the greatest/],
    [{ ...unstructured, keep: [0.5] }, /"keep/],
    [{ ...unstructured, keep: [-0.1, 1], grid: [1] }, /"keep/],
    [{ ...unstructured, keep: [0.5, 0.1], grid: [0.5] }, /first less than the second/],
    [{ ...unstructured, keep: [0.5, 0.5], grid: [0.5] }, /first less than the second/],
    [{ ...unstructured, keep: [0.005, 0.05] }, /bounds 0.005 and 0.05.*no usual "grid"/],
    [{ ...unstructured, endProbability: 1.1 }, /"endProbability/],
  ]);
});

describe('bits', () => {
  refusals([
    [{ ...oneWidth, bits: 9 }, /"bits/],
    [{ ...oneWidth, bits: 1 }, /"bits/],
    [{ ...oneWidth, bits: 4.5 }, /"bits/],
    [{ ...oneWidth, bits: [3, 8] }, /"bits" must be one number for the variant "target-bit-width"/],
    [{ ...quantized, bits: 6 }, /"bits" must be two numbers/],
    [{ ...quantized, bits: [8, 3] }, /"bits" must be two numbers, the first less.*8 and 3/],
    [{ ...quantized, bits: [3, 9] }, /"bits/],
  ]);
});

describe('the grid', () => {
  refusals([
    [{ grid: [] }, /"grid/],
    [{ grid: [0.2] }, /"grid" must hold numbers from 0.25 to 1, greater than 0; received 0.2/],
    [{ widths: [0.25, 0.5], grid: [1] }, /from 0.25 to 0.5/],
    [{ variant: 'us', grid: [0] }, /greater than 0; received 0/],
    [{ variant: 'ns', grid: [1.1] }, /from 0 to 1/],
    [{ variant: 'lec', grid: [1.01] }, /from 0 to 1/],
    [{ variant: 'lec', grid: [0] }, /greater than 0/],
    [{ ...unstructured, grid: [0] }, /greater than 0/],
    [{ ...unstructured, grid: [2] }, /from 0 to 1/],
    [{ ...quantized, grid: [2] }, /from 3 to 8/],
    [{ ...quantized, bits: [4, 6], grid: [8] }, /from 4 to 6/],
    [{ ...quantized, grid: [3.5] }, /whole numbers of bits; received 3.5/],
    [{ ...oneWidth, grid: [9] }, /from 2 to 8/],
    [{ grid: [0.5, 1, 0.5] }, /"grid" holds 0.5 twice/],
  ]);
});

describe('training', () => {
  refusals([
    [{ epochs: 0 }, /"epochs/],
    [{ epochs: 1.5 }, /"epochs/],
    [{ batchSize: 0 }, /"batchSize/],
    [{ learningRate: 0 }, /"learningRate/],
    [{ learningRateWarmUp: -1 }, /"learningRateWarmUp/],
    [{ momentum: 1 }, /"momentum/],
    [{ weightDecay: -1 }, /"weightDecay/],
    [{ beta: -1 }, /"beta/],
    [{ warmUpBudget: -1 }, /"warmUpBudget/],
    [{ warmUpBudget: 101 }, /"warmUpBudget/],
    [{ variant: 'lec', normSparsity: -1 }, /"normSparsity/],
  ]);
});
