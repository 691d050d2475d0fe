import { describe, expect, test } from '@jest/globals';
import { NetworkBuilder, costReport } from '@pare/graph';
import { hingeFlops } from './testing/hinge-flops.ts';
import { parameterCounts } from './testing/parameter-counts.ts';
import { createVgg, vggParts } from './vgg.ts';
import type { ModelTask } from '@pare/core';
import type { Network } from '@pare/graph';

type Options = Parameters<typeof createVgg>[0] & object;

const images = (size: number, classes: number): ModelTask => ({
  imageShape: [size, size, 3],
  classes,
});
const vgg = (options: Options, task = images(32, 10)): Network =>
  createVgg(options).build(new NetworkBuilder(), task);

describe('sizes of the publications', () => {
  test.each([
    [11, 'none', 9_225_610, 9_271_780],
    [11, 'batch', 9_231_114, 9_277_284],
    [13, 'none', 9_410_122, 9_456_292],
    [13, 'batch', 9_416_010, 9_462_180],
    [16, 'none', 14_719_818, 14_765_988],
    [16, 'batch', 14_728_266, 14_774_436],
    [19, 'none', 20_029_514, 20_075_684],
    [19, 'batch', 20_040_522, 20_086_692],
  ] as const)('DeepHoyer: depth %d, norm %s', (depth, norm, ten, hundred) => {
    const options = { preset: 'hoyer', depth, norm } as const;
    expect(costReport(vgg(options)).parameters).toBe(ten);
    expect(costReport(vgg(options, images(32, 100))).parameters).toBe(hundred);
  });

  test.each([
    [2, 172_746, 173_002, 172_224, 5, 38_592],
    [4, 459_466, 460_234, 458_944, 7, 259_776],
    [6, 1_475_274, 1_477_066, 1_474_752, 9, 1_144_512],
    [8, 5_276_362, 5_280_202, 5_275_840, 11, 4_683_456],
    [11, 9_810_634, 9_816_138, 9_810_112, 11, 9_217_728],
    [13, 9_994_954, 10_000_842, 9_994_432, 13, 9_402_048],
    [16, 15_303_370, 15_311_818, 15_302_848, 16, 14_710_464],
  ] as const)('BiP: depth %d', (depth, plain, normed, weights, layers, convolutions) => {
    const network = vgg({ preset: 'bip', depth });
    expect(parameterCounts(network)).toEqual({ total: plain, weights, layers, convolutions });
    expect(costReport(vgg({ preset: 'bip', depth, norm: 'batch' })).parameters).toBe(normed);
  });

  test.each([
    [{}, 10, 314_555_392, 15_253_578],
    [{}, 100, 314_601_472, 15_299_748],
    [{ head: 'linear' }, 10, 314_031_104, 14_728_266],
    [{ head: 'linear' }, 100, 314_077_184, 14_774_436],
  ] as const)('Hinge: %j, %d classes', (options, classes, flops, parameters) => {
    const network = vgg({ preset: 'hinge', ...options }, images(32, classes));
    expect(hingeFlops(network, { countsRelu: true })).toBe(flops);
    expect(costReport(network).parameters).toBe(parameters);
  });

  test.each([
    [16, 14_977_728, 14_990_922, 313_463_808, 15],
    [19, 20_286_144, 20_303_178, 398_398_464, 18],
  ] as const)('LC: depth %d', (depth, weights, parameters, macs, layers) => {
    const network = vgg({ preset: 'lc', depth });
    expect(parameterCounts(network)).toMatchObject({ total: parameters, weights, layers });
    expect(costReport(network).macs).toBe(macs);
  });

  test('LCS: depth 19 on 224 x 224 pixels', () => {
    const network = vgg({ preset: 'lcs', depth: 19 }, images(224, 1000));
    const { total, weights, convolutions } = parameterCounts(network);
    expect([total, weights]).toEqual([20_541_888, 20_530_880]);
    // The published count leaves out the first convolution.
    expect(convolutions - 3 * 9 * 64).toBe(20_017_152);
    // The published code computes the classifier on each of 7 x 7 pixels, here it reads their mean.
    expect(costReport(network).macs + 48 * 512 * 1000).toBe(19_533_516_800);
  });

  test.each([
    ['vgg-11', 132_863_336],
    ['vgg-11-bn', 132_868_840],
    ['vgg-13', 133_047_848],
    ['vgg-13-bn', 133_053_736],
    ['vgg-16', 138_357_544],
    ['vgg-16-bn', 138_365_992],
    ['vgg-19', 143_667_240],
    ['vgg-19-bn', 143_678_248],
  ])('%s has the parameters of torchvision on 224 x 224 pixels', async (name, parameters) => {
    const part = vggParts[name]!;
    const options = part.options.parse({});
    const model = await part.create({ options, deps: {} });
    const network = model.build(new NetworkBuilder(), images(224, 1000));
    expect([network.name, costReport(network).parameters]).toEqual([name, parameters]);
  });

  test('the sizes that the documentation states', () => {
    expect(costReport(vgg({}, images(224, 1000)))).toMatchObject({
      parameters: 138_357_544,
      macs: 15_470_264_320,
    });
    expect(costReport(vgg({}))).toMatchObject({ parameters: 14_719_818, macs: 313_201_664 });
  });

  test('"ef" of Hinge is half as wide as depth 16', () => {
    const filters = vgg({ preset: 'hinge', depth: 'ef' })
      .parameters.filter(({ layout }) => layout === 'hwio')
      .map(({ shape }) => shape[3]);
    expect(filters).toEqual([32, 64, 128, 128, ...Array<number>(9).fill(256)]);
  });
});
