import { describe, expect, test } from '@jest/globals';
import { NetworkBuilder, input, program, transpose } from '@pare/graph';
import { evaluate } from '@pare/graph/testing';
import { convLayers } from '../layers/conv-layers.ts';
import { zeroChannels } from './zero-channel-shortcut.ts';
import type { Shrink } from './zero-channel-shortcut.ts';

/** The shortcut from 2 channels to `filters`; image and result channel by channel, as PyTorch has them. */
function shortcut(shrink: Shrink, image: number[], { filters = 4, stride = 2 } = {}): number[] {
  const side = Math.sqrt(image.length / 2);
  const x = input('x', [1, 2, side, side]);
  const layers = convLayers(new NetworkBuilder(), { norm: 'none', init: 'he-normal-fan-in' });
  const pixels = transpose(x, [0, 2, 3, 1]);
  const y = zeroChannels(shrink)(layers, 'block', pixels, { filters, stride });
  const { outputs } = evaluate(program({ outputs: { y: transpose(y, [0, 3, 1, 2]) } }), {
    x: { shape: [1, 2, side, side], data: Float64Array.from(image) },
  });
  return [...outputs.y!.data];
}

describe('a shortcut without parameters', () => {
  test('takes every second row and column, between as many channels of zeros', () => {
    const rows = Array.from({ length: 32 }, (_, i) => i);
    const zeros = [0, 0, 0, 0];
    expect(shortcut('subsample', rows)).toEqual([...zeros, 0, 2, 8, 10, 16, 18, 24, 26, ...zeros]);
  });

  test('takes the means of 2 x 2 pixels', () => {
    expect(shortcut('average', [1, 2, 3, 6, -4, -4, -8, 0])).toEqual([0, 3, -4, 0]);
  });

  test.each(['subsample', 'average'] as const)('%s: leaves the pixels at stride 1', (shrink) => {
    const image = [1, 2, 3, 4, 5, 6, 7, 8];
    const narrow = { filters: 4, stride: 1 };
    expect(shortcut(shrink, image, narrow)).toEqual([0, 0, 0, 0, ...image, 0, 0, 0, 0]);
    expect(shortcut(shrink, image, { filters: 2, stride: 1 })).toEqual(image);
  });

  // Numbers of the authors' code.
  test('gives what BiP gives', () => {
    const image = Array.from({ length: 32 }, (_, i) => (((37 * i + 11) % 1009) - 300.25) / 500);
    const result = shortcut('subsample', image);
    const expected = [-0.5785, -0.4305, 0.0135, 0.1615, 0.6055, 0.7535, 1.1975, 1.3455];
    expected.forEach((value, i) => expect(result[4 + i]).toBeCloseTo(value, 6));
  });

  test('gives what Hinge gives', () => {
    let x = 71;
    const image = Array.from({ length: 8 }, () => {
      x = (Math.imul(1664525, x) + 1013904223) >>> 0;
      return x / 2 ** 31 - 1;
    });
    const [before, first, second, after] = shortcut('average', image);
    expect([before, after]).toEqual([0, 0]);
    expect(first).toBeCloseTo(-0.1440158, 6);
    expect(second).toBeCloseTo(0.5233559, 6);
  });
});
