import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { distortion } from '../testing/distortion.ts';
import { expectNear } from '../testing/expect-near.ts';
import { oracleVector } from '../testing/oracle-numbers.ts';
import { stepContext } from '../testing/step-context.ts';
import { additive } from './additive.ts';
import { lowRank } from './low-rank/low-rank.ts';
import { l0Constraint } from './pruning/l0-constraint.ts';
import { l1Penalty } from './pruning/penalties.ts';
import { adaptiveQuantization } from './quantization/adaptive-quantization.ts';
import { binaryQuantization } from './quantization/binary-quantization.ts';
import type { CodebookWeights, SparseWeights, SummedWeights } from './compressed-weights.ts';
import type { Compression } from './compression.ts';

const few = l0Constraint({ kept: 6 });
const two = adaptiveQuantization({ centroids: 2 });
const line = lowRank({ rank: 1 });
const asMatrix = { shape: [8, 8] };

/** Errors after each of several steps, each of which goes on from the one before. */
function errors(parts: Compression[], steps: number, repetitions?: number, more = {}) {
  const compression = additive(parts, { repetitions });
  let previous: SummedWeights | undefined;
  return Array.from({ length: steps }, () => {
    previous = compression.compress(oracleVector, stepContext(64, { ...more, previous }));
    return distortion(oracleVector, compression.decompress(previous));
  });
}

describe('a sum of pruned and quantized weights', () => {
  test('has the authors’ error after each round', () => {
    expectNear(errors([few, two], 2, 1), [12.999157, 10.756303]);
    expectNear(errors([two, few], 1, 1), [12.456255]);
  });

  test('has the authors’ result, in both orders, and keeps it', () => {
    expectNear(errors([few, two], 2), [10.688395, 10.688395]);
    expectNear(errors([two, few], 1), [10.688395]);
    const compression = additive([few, two]);
    const theta = compression.compress(oracleVector, stepContext(64));
    const [sparse, quantized] = theta.parts as [SparseWeights, CodebookWeights];
    expect([...sparse.indices]).toEqual([21, 24, 36, 50, 53, 62]);
    expectNear(quantized.codebook, [-0.6817685, 0.7078802]);
    expect(compression.bits(theta)).toBe(308);
    expect(compression.parameters(theta)).toBe(6 + 66);
    expect(compression.storedBits(theta)).toBe(few.storedBits(sparse) + two.storedBits(quantized));
  });
});

describe('a sum with a matrix of rank 1', () => {
  test('has the authors’ results', () => {
    expectNear(errors([few, two, line], 2, 10, asMatrix), [6.652427, 4.84649], 1e-5);
    expectNear(errors([line, few], 1, 10, asMatrix), [20.306787]);
    // The turns end in another local optimum where each codebook is the best: 17.417976.
    const lloyd = adaptiveQuantization({ centroids: 2, algorithm: 'k-means' });
    expectNear(errors([lloyd, line], 1, 10, asMatrix), [15.822711]);
  });
});

describe('a sum', () => {
  test('of constraints never gets worse with more rounds', () => {
    const list = fc.array(fc.float({ min: -2, max: 2, noNaN: true }), {
      minLength: 12,
      maxLength: 12,
    });
    const parts = fc.shuffledSubarray([two, l0Constraint({ kept: 3 }), line], { minLength: 2 });
    fc.assert(
      fc.property(list, parts, (weights, chosen) => {
        const v = Float32Array.from(weights);
        const after = [1, 2, 3, 10].map((repetitions) => {
          const compression = additive(chosen, { repetitions });
          const theta = compression.compress(v, stepContext(12, { shape: [4, 3] }));
          return distortion(v, compression.decompress(theta));
        });
        after.reduce((before, error) => {
          expect(error).toBeLessThanOrEqual(before + 1e-5);
          return error;
        });
      }),
      { numRuns: 40 },
    );
  });

  test('of one part is that part', () => {
    const compression = additive([few]);
    const theta = compression.compress(oracleVector, stepContext(64));
    expect(theta.parts).toEqual([few.compress(oracleVector, stepContext(64))]);
  });

  test('stops once a round changes nothing', () => {
    let calls = 0;
    const counted: Compression = {
      ...binaryQuantization(),
      compress: (v, context) => {
        calls++;
        return binaryQuantization().compress(v, context as never);
      },
    };
    additive([counted], { repetitions: 10 }).compress(oracleVector, stepContext(64));
    expect(calls).toBe(2);
  });

  test('tells its parts what μ is', () => {
    const compression = additive([l1Penalty({ alpha: 1 }), l1Penalty({ alpha: 1 })]);
    const at = (mu: number) =>
      compression.decompress(compression.compress(oracleVector, stepContext(64, { mu })));
    expect(at(0)).toEqual(new Float32Array(64));
    expect(at(100)).not.toEqual(new Float32Array(64));
  });
});

describe('a sum refuses', () => {
  test('nothing to add, and no rounds', () => {
    expect(() => additive([])).toThrow('needs at least one compression to add up');
    expect(() => additive([few], { repetitions: 0 })).toThrow(/repetitions/);
  });

  test('the result of other parts or other weights', () => {
    const previous = additive([few, two]).compress(oracleVector, stepContext(64));
    const compress = (parts: Compression[], count: number) => () =>
      additive(parts).compress(oracleVector.subarray(0, count), stepContext(count, { previous }));
    expect(compress([few], 64)).toThrow(/step before has 2 parts; expected 1/);
    expect(compress([few, two], 50)).toThrow(/step before has 64 weights; expected 50/);
  });
});
