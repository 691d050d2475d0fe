import { describe, expect, test } from '@jest/globals';
import { lcsNetworks } from '../testing/lcs-networks.ts';
import { channelsAt } from './channel-counts.ts';
import { widthReport } from './width-report.ts';

const grid = [1, 0.875, 0.75, 0.625, 0.5, 0.375, 0.25, 0.3];

/** Weights and multiply-adds by width as the authors count them. */
const published = {
  cPreResNet20: [
    [216_752, 33_753_600],
    [166_278, 25_893_056],
    [122_484, 19_072_896],
    [85_370, 13_293_120],
    [54_936, 8_553_728],
    [31_182, 4_854_720],
    [14_108, 2_196_096],
    [20_147, 3_220_354],
  ],
  ResNet18: [
    [11_678_912, 1_814_098_432],
    [8_998_696, 1_401_885_632],
    [6_667_152, 1_042_658_688],
    [4_684_280, 736_417_600],
    [3_050_080, 483_162_368],
    [1_764_552, 282_892_992],
    [827_696, 135_609_472],
    [1_164_252, 186_477_382],
  ],
  VGG19: [
    [20_530_880, 19_533_516_800],
    [15_775_144, 14_967_576_064],
    [11_644_944, 11_008_564_224],
    [8_140_280, 7_656_481_280],
    [5_261_152, 4_911_327_232],
    [3_007_560, 2_773_102_080],
    [1_379_504, 1_241_805_824],
    [1_964_503, 1_778_474_992],
  ],
} as const;

/**
 * What they count besides: each number that the last pooling reads, or in VGG-19, whose head is applied to all of 49 pixels there, 48
 * heads more.
 */
const besides = {
  cPreResNet20: (width: number) => 64 * channelsAt(256, width),
  ResNet18: (width: number) => 49 * channelsAt(512, width),
  VGG19: (width: number) => 48 * 1000 * channelsAt(512, width),
};

describe.each(['cPreResNet20', 'ResNet18', 'VGG19'] as const)('%s', (name) => {
  const report = widthReport(lcsNetworks[name](), grid);
  const [{ rows } = { rows: [] }] = report.tables;

  test('weights at each width', () => {
    expect(rows.map(({ weights }) => weights)).toEqual(published[name].map(([count]) => count));
    expect(report.values.convWeights).toBe(published[name][0][0]);
  });

  test('multiply-adds at each width', () => {
    expect(rows.map(({ macs, width }) => Number(macs) + besides[name](Number(width)))).toEqual(
      published[name].map(([, macs]) => macs),
    );
  });

  test('sparsity', () => {
    const at = (width: number) => rows.find((row) => row.width === width)!.sparsity;
    const [quarter, half] = {
      cPreResNet20: [0.934912, 0.746549],
      ResNet18: [0.929129, 0.738839],
      VGG19: [0.932808, 0.743744],
    }[name];
    expect([at(0.25), at(0.5), at(1)]).toEqual([quarter, half, 0]);
  });
});
