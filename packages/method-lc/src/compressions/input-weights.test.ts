import { describe, expect, test } from '@jest/globals';
import { stepContext } from '../testing/step-context.ts';
import { additive } from './additive.ts';
import { lowRank } from './low-rank/low-rank.ts';
import { rankSelection } from './low-rank/rank-selection.ts';
import { l0Constraint } from './pruning/l0-constraint.ts';
import { l1Constraint } from './pruning/l1-constraint.ts';
import { l0Penalty, l1Penalty } from './pruning/penalties.ts';
import { adaptiveQuantization } from './quantization/adaptive-quantization.ts';
import {
  binaryQuantization,
  scaledBinaryQuantization,
} from './quantization/binary-quantization.ts';
import { fixedCodebook } from './quantization/fixed-codebook.ts';
import { powersOfTwo } from './quantization/powers-of-two.ts';
import {
  scaledTernaryQuantization,
  ternaryQuantization,
} from './quantization/ternary-quantization.ts';
import type { Compression } from './compression.ts';

const all: Compression[] = [
  adaptiveQuantization({ centroids: 2 }),
  binaryQuantization(),
  scaledBinaryQuantization(),
  ternaryQuantization(),
  scaledTernaryQuantization(),
  fixedCodebook({ values: [0, 1] }),
  powersOfTwo({ smallest: 3 }),
  l0Constraint({ kept: 2 }),
  l1Constraint({ radius: 1 }),
  l0Penalty({ alpha: 0.1 }),
  l1Penalty({ alpha: 0.1 }),
  lowRank({ rank: 1 }),
  rankSelection({ alpha: 0.1, criterion: 'storage' }),
  additive([binaryQuantization(), l0Constraint({ kept: 1 })]),
];

describe.each(all.map((compression) => [compression.name, compression] as const))(
  '%s',
  (name, compression) => {
    const compress = (v: number[], more = {}) => {
      const context = stepContext(v.length, { shape: [2, 2], mu: 1, ...more });
      return () => compression.compress(Float32Array.from(v), context);
    };

    test('says whose weights are not finite, and which', () => {
      const message = new RegExp(`"${name}": weight 2 is (NaN|Infinity).*diverged`);
      expect(compress([1, 2, NaN, 4])).toThrow(message);
      expect(compress([1, 2, Infinity, NaN])).toThrow(message);
    });

    test.each([-1, NaN, Infinity])('refuses μ = %s', (mu) => {
      expect(compress([1, 2, 3, 4], { mu })).toThrow(
        `"${name}": the penalty parameter mu must be a number from 0; received ${mu}`,
      );
    });

    test('refuses weights that do not fit their shape', () => {
      expect(compress([1, 2, 3])).toThrow('shape [2, 2] are 4 numbers');
      expect(compress([], { shape: [0, 2] })).toThrow('at least one is needed');
    });

    test('rounds float64 to float32, and does the same as with float32', () => {
      const [exact, rounded] = [Float64Array.of(0.1, 0.7, -0.3, 1.9), [0.1, 0.7, -0.3, 1.9]];
      const context = stepContext(4, { shape: [2, 2], mu: 1 });
      expect(compression.compress(exact, context)).toEqual(compress(rounded)());
    });

    test('gives float32 weights of the same number', () => {
      const delta = compression.decompress(compress([0.1, 0.7, -0.3, 1.9])());
      expect(delta).toBeInstanceOf(Float32Array);
      expect(delta).toHaveLength(4);
    });
  },
);
