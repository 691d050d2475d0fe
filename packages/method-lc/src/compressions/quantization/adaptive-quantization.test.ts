import { describe, expect, test } from '@jest/globals';
import { SeededRandom } from '@pare/core';
import fc from 'fast-check';
import { distortion } from '../../testing/distortion.ts';
import { expectNear } from '../../testing/expect-near.ts';
import { oracleNumbers, oracleVector } from '../../testing/oracle-numbers.ts';
import { stepContext } from '../../testing/step-context.ts';
import { adaptiveQuantization } from './adaptive-quantization.ts';
import type { CodebookWeights } from '../compressed-weights.ts';

const context = stepContext<CodebookWeights>(64);

describe.each(['exact', 'k-means'] as const)('adaptive quantization, %s', (algorithm) => {
  test.each([
    [2, [-0.848593047, 0.889897423], 30.144560517, [32, 32], 128],
    [4, [-1.841798291, -0.517524633, 0.584199378, 1.981676153], 8.942208266, [8, 24, 25, 7], 256],
  ])('gives the authors’ figures for K = %s', (centroids, codebook, error, sizes, bits) => {
    const compression = adaptiveQuantization({ centroids, algorithm });
    const theta = compression.compress(oracleVector, context);
    expectNear(theta.codebook, codebook);
    expectNear([distortion(oracleVector, compression.decompress(theta))], [error]);
    expect(sizes).toEqual(codebook.map((_, k) => theta.indices.filter((z) => z === k).length));
    expect([compression.bits(theta), compression.storedBits(theta)]).toEqual([bits, bits]);
    expect(compression.parameters(theta)).toBe(centroids + 64);
  });

  test('changes nothing that is compressed already', () => {
    const compression = adaptiveQuantization({ centroids: 3, algorithm });
    const once = compression.decompress(compression.compress(oracleVector, context));
    const again = compression.decompress(compression.compress(once, context));
    expect(distortion(once, again)).toBeLessThan(1e-12);
  });
});

describe('adaptive quantization', () => {
  test('exact is as good as any start of k-means, or better', () => {
    const list = fc.array(fc.float({ min: -2, max: 2, noNaN: true }), {
      minLength: 5,
      maxLength: 60,
    });
    fc.assert(
      fc.property(list, fc.integer({ min: 1, max: 5 }), fc.nat(), (weights, centroids, seed) => {
        const v = Float32Array.from(weights);
        const errors = (['exact', 'k-means'] as const).map((algorithm) => {
          const compression = adaptiveQuantization({ centroids, algorithm, restarts: 1 });
          const random = new SeededRandom(seed);
          const theta = compression.compress(v, stepContext(v.length, { random }));
          return distortion(v, compression.decompress(theta));
        });
        // The codebook is rounded to float32.
        expect(errors[0]!).toBeLessThanOrEqual(errors[1]! + 1e-10);
      }),
    );
  });

  test('k-means goes on from the step before, and exact does not need it', () => {
    const previous: CodebookWeights = {
      kind: 'codebook',
      codebook: Float32Array.of(0, 1),
      indices: new Uint8Array(5),
    };
    const v = Float32Array.of(0, 1, 2, 9, 11);
    const codebook = (algorithm: 'exact' | 'k-means', iterations: number) => {
      const compression = adaptiveQuantization({ centroids: 2, algorithm, iterations });
      return [...compression.compress(v, stepContext(5, { previous })).codebook];
    };
    expect(codebook('k-means', 1)).toEqual([0, 5.75]);
    expect(codebook('k-means', 300)).toEqual([1, 10]);
    expect(codebook('exact', 1)).toEqual([1, 10]);
  });

  test('of one seed is one result', () => {
    const v = oracleNumbers(5, 500);
    const run = (seed: number) => {
      const compression = adaptiveQuantization({
        centroids: 20,
        algorithm: 'k-means',
        restarts: 1,
      });
      return compression.compress(v, stepContext(500, { random: new SeededRandom(seed) })).codebook;
    };
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual(run(2));
  });

  test('takes wider indices where the codebook needs them', () => {
    const v = oracleNumbers(5, 300);
    const compression = adaptiveQuantization({ centroids: 257 });
    const theta = compression.compress(v, stepContext(300));
    expect(theta.indices).toBeInstanceOf(Uint16Array);
    expect(compression.bits(theta)).toBe(9 * 300 + 32 * 257);
    const compressed = compression.decompress(theta);
    const errors = v.map((w, i) => Math.abs(w - compressed[i]!));
    const nearest = v.map((w) => Math.min(...theta.codebook.map((c) => Math.abs(w - c))));
    expect(distortion(errors, nearest)).toBe(0);
  });

  test('leaves its input alone and shares no memory with it', () => {
    const v = Float32Array.of(2, 1, 3);
    const compression = adaptiveQuantization({ centroids: 3 });
    const theta = compression.compress(v, stepContext(3));
    v[0] = 100;
    expect([...compression.decompress(theta)]).toEqual([2, 1, 3]);
  });
});

describe('adaptive quantization refuses', () => {
  test.each([0, -1, 1.5])('%s centroids', (centroids) => {
    expect(() => adaptiveQuantization({ centroids })).toThrow(/adaptive-quantization.*centroids/);
  });

  test('more centroids than weights', () => {
    const compress = () => adaptiveQuantization({ centroids: 65 }).compress(oracleVector, context);
    expect(compress).toThrow('64 weights cannot have 65 different values');
  });

  test('a result of other weights or with another codebook', () => {
    const compress = (centroids: number, weights: number) => {
      const previous = adaptiveQuantization({ centroids }).compress(
        oracleVector.subarray(0, weights),
        stepContext(weights),
      );
      const compression = adaptiveQuantization({ centroids: 2, algorithm: 'k-means' });
      return () => compression.compress(oracleVector, { ...context, previous });
    };
    expect(compress(2, 10)).toThrow(/step before has 10 weights; expected 64/);
    expect(compress(3, 64)).toThrow(/step before has 3 values; expected 2/);
  });
});
