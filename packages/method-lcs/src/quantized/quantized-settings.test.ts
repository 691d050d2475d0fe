import { describe, expect, test } from '@jest/globals';
import { lcsOptions } from '../options.ts';
import { lcsSettings } from '../settings.ts';

const settings = (options: object) =>
  lcsSettings(lcsOptions.parse({ setting: 'quantized', ...options }), 'cpreresnet-20');

describe('the options of the setting "quantized"', () => {
  test.each([
    ['lcs-l', { bits: [3, 8], grid: [8, 7, 6, 5, 4, 3], discreteBits: true }],
    ['lcs-p', { bits: [3, 8], grid: [8, 7, 6, 5, 4, 3] }],
    ['target-bit-width', { bits: [6, 6], grid: [8, 7, 6, 5, 4, 3] }],
  ])('%s has the defaults of the authors', (variant, expected) => {
    const common = { learningRate: 0.025, learningRateWarmUp: 5, warmUpBudget: 80, beta: 1 };
    expect(settings({ variant })).toMatchObject({ ...expected, ...common });
  });

  test('the grid follows the bits', () => {
    expect(settings({ bits: [4, 6] }).grid).toEqual([6, 5, 4]);
  });

  test.each([
    [{ bits: [6, 4] }, /"bits" must be two numbers, the first less than the second/],
    [{ bits: 4 }, /"bits" must be two numbers.*for the variant "lcs-l"; received 4/],
    [{ variant: 'target-bit-width', bits: [3, 8] }, /"bits" must be one number.*received \[3,8\]/],
    [{ bits: [3, 8], grid: [9] }, /"grid" must hold numbers from 3 to 8.*received 9/],
    [{ bits: [4, 6], grid: [3] }, /"grid" must hold numbers from 4 to 6.*received 3/],
    [{ grid: [4.5] }, /"grid" must hold whole numbers of bits; received 4.5/],
    [{ variant: 'lcs-p', discreteBits: true }, /"discreteBits" has no effect/],
    [{ variant: 'target-topk' }, /the variant "target-topk" does not exist/],
    [{ keep: [0.1, 1] }, /"keep" has no effect with the setting "quantized"/],
  ])('%j is an error', (options, message) => {
    expect(() => settings(options)).toThrow(message);
  });

  test.each([
    [{ bits: [3.5, 8] }],
    [{ bits: [1, 8] }],
    [{ bits: [3, 9] }],
    [{ warmUpBudget: 101 }],
  ])('%j is no option', (options) => {
    expect(lcsOptions.safeParse({ setting: 'quantized', ...options }).success).toBe(false);
  });
});
