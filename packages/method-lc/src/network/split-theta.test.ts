import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { expandWeights } from './expand-weights.ts';
import { splitTheta } from './split-theta.ts';
import type { CompressedWeights } from '../compressions/compressed-weights.ts';

const values = fc.float({ noNaN: true, noDefaultInfinity: true, min: -4, max: 4 });

/** Weights of two values, of zeros and few others, and their sum. */
function thetaOf(weights: readonly number[]): Record<string, CompressedWeights> {
  const codebook: CompressedWeights = {
    kind: 'codebook',
    codebook: Float32Array.of(-0.5, 1.25),
    indices: Uint8Array.from(weights, (weight) => (weight > 0 ? 1 : 0)),
  };
  const kept = weights.flatMap((weight, i) => (Math.abs(weight) > 2 ? [i] : []));
  const sparse: CompressedWeights = {
    kind: 'sparse',
    length: weights.length,
    indices: Uint32Array.from(kept),
    values: Float32Array.from(kept, (i) => weights[i]!),
  };
  return { codebook, sparse, sum: { kind: 'sum', parts: [sparse, codebook] } };
}

test.each(['codebook', 'sparse', 'sum'])(
  'the parts of a group, one after the other, are the group: %s',
  (kind) => {
    fc.assert(
      fc.property(fc.array(fc.array(values, { minLength: 1 }), { minLength: 1 }), (groups) => {
        const theta = thetaOf(groups.flat())[kind]!;
        const parts = splitTheta(
          theta,
          groups.map(({ length }) => length),
        );
        const expanded = parts.map((part) => [...expandWeights(part)]);
        expect(expanded.map(({ length }) => length)).toEqual(groups.map(({ length }) => length));
        expect(expanded.flat()).toEqual([...expandWeights(theta)]);
      }),
    );
  },
);
