import { describe, expect, test } from '@jest/globals';
import { stepContext } from '../testing/step-context.ts';
import { pluginCompression } from './plugin-compression.ts';
import type { CompressedForm, Compression } from '@pare/core';

const made = (change: Partial<CompressedForm> = {}) =>
  pluginCompression({
    name: 'mine',
    compress: (v): CompressedForm => ({
      theta: { bits: 8 },
      decompress: () => v.slice(),
      bits: 70,
      ...change,
    }),
  });

const v = Float32Array.of(1, -2, 3);

describe('a compression of a plugin', () => {
  test('keeps its data, its weights and its size', () => {
    const compression = made({ flops: 10 });
    const theta = compression.compress(v, stepContext(3));
    expect(theta).toEqual({
      kind: 'plugin',
      name: 'mine',
      theta: { bits: 8 },
      values: v,
      bits: 70,
      macs: 5,
    });
    expect(compression.decompress(theta)).toEqual(v);
    expect(compression.decompress(theta)).not.toBe(theta.values);
    expect([compression.bits(theta), compression.storedBits(theta)]).toEqual([70, 70]);
    expect(compression.parameters(theta)).toBe(3);
    expect(compression.macs!(theta, 4)).toBe(5);
  });

  test('costs what the layer did unless it says otherwise', () => {
    const compression = made();
    expect(compression.macs!(compression.compress(v, stepContext(3)), 4)).toBe(12);
  });

  test('gets what a step knows', () => {
    const seen: unknown[] = [];
    const plain: Compression = {
      name: 'mine',
      compress(weights, { random, ...context }) {
        seen.push({ ...context, drawn: random.uniform() >= 0 });
        return { theta: 7, decompress: () => weights.slice(), bits: 0 };
      },
    };
    const compression = pluginCompression(plain);
    const more = { mu: 3, spatial: 9, shape: [1, 3] };
    const previous = compression.compress(v, stepContext(3, more));
    compression.compress(v, stepContext(3, { ...more, previous }));
    expect(seen).toEqual([
      { ...more, drawn: true },
      { ...more, previous: 7, drawn: true },
    ]);
  });

  test.each<[string, Partial<CompressedForm>, string]>([
    ['too few weights', { decompress: () => v.slice(1) }, '"mine" gave 2 weights; expected 3'],
    [
      'weights that are not finite',
      { decompress: () => v.map((w) => w / 0) },
      '"mine" gave Infinity as weight 0',
    ],
  ])('that gives %s is refused', (_title, change, told) => {
    expect(() => made(change).compress(v, stepContext(3))).toThrow(told);
  });

  test('does not get weights that are not finite, nor data of another layer', () => {
    expect(() => made().compress(Float32Array.of(1, NaN, 2), stepContext(3))).toThrow('weight 1');
    const previous = made().compress(v, stepContext(3));
    expect(() => made().compress(Float32Array.of(1), stepContext(1, { previous }))).toThrow(
      'has 3 weights; expected 1',
    );
  });
});
