import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { convertPixels } from './convert-pixels.ts';
import { normalizationOption, pixelTables, resolveNormalization } from './normalization.ts';

const standard = () => ({ mean: [0.25], deviation: [0.5] });

describe('normalisation', () => {
  test('is none by default: pixels in [0, 1]', () => {
    const option = normalizationOption.parse(undefined);
    const normalization = resolveNormalization(option, 2, standard);
    expect(normalization).toEqual({ mean: [0, 0], deviation: [1, 1] });
    const [table] = pixelTables(normalization);
    expect([table![0], table![51], table![255]]).toEqual([0, Math.fround(0.2), 1]);
  });

  test('"standard" takes the numbers of the data set', () => {
    const [table] = pixelTables(resolveNormalization('standard', 1, standard));
    expect([table![0], table![255]]).toEqual([-0.5, 1.5]);
  });

  test('one number serves all channels; a list needs one for each', () => {
    const resolve = (mean: number[]) => resolveNormalization({ mean, deviation: 2 }, 3, standard);
    expect(resolve([1, 2, 3])).toEqual({ mean: [1, 2, 3], deviation: [2, 2, 2] });
    expect(() => resolve([1, 2])).toThrow(/have 3 channels; received 2 values/);
  });

  test.each([{ mean: 0, deviation: 0 }, { mean: 0 }, { mean: [], deviation: 1 }, 'half'])(
    '%j is refused',
    (option) => {
      expect(normalizationOption.safeParse(option).success).toBe(false);
    },
  );
});

describe('convertPixels', () => {
  test('looks each byte up in the table of its channel, whatever the length', () => {
    const tables = [1, 100, 10_000].map((scale) =>
      Float32Array.from({ length: 256 }, (_, byte) => scale * byte),
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3 }),
        fc.uint8Array({ maxLength: 20 }),
        (channels, raw) => {
          const bytes = raw.subarray(0, raw.length - (raw.length % channels));
          const used = tables.slice(0, channels);
          const result = new Float32Array(bytes.length);
          convertPixels(bytes, used, result);
          expect([...result]).toEqual([...bytes].map((byte, i) => used[i % channels]![byte]));
        },
      ),
    );
  });
});
