import { parseOptions } from '@pare/core';
import { z } from 'zod';
import { inputWeights } from '../input-weights.ts';
import { svd as ownSvd } from '../linear-algebra/svd.ts';
import { roundToFloat16 } from '../round-to-float16.ts';
import { balancedFactors, factorForm, identityFactors } from './factors.ts';
import { convSchemeOption, matrixShape, toMatrix } from './weight-matrix.ts';
import type { FactoredWeights } from '../compressed-weights.ts';
import type { Compression } from '../compression.ts';

/** Options of `lowRank`. */
export const lowRankOptions = z.strictObject({
  rank: z.number().int().min(0).describe('columns of U and rows of V; 0 makes all weights 0'),
  convScheme: convSchemeOption
    .optional()
    .describe('how a convolution becomes a matrix; dense layers need none'),
  precision: z
    .union([z.literal(32), z.literal(16)])
    .default(32)
    .describe('bits of an entry of the factors; 16: half precision'),
});

const owner = 'compression "low-rank"';

/** The nearest matrix of a given rank, as two factors (Eckart and Young 1936): U = U₀·√s, V = √s·V₀ᵀ. */
export function lowRank(input: z.input<typeof lowRankOptions>): Compression<FactoredWeights> {
  const { rank, convScheme, precision } = parseOptions(lowRankOptions, input, { owner });
  const entry = precision === 16 ? roundToFloat16 : (x: number) => x;
  return {
    name: 'low-rank',
    compress(v, context) {
      const { shape, svd = ownSvd, logger } = context;
      const weights = inputWeights(owner, v, context);
      const size = matrixShape(owner, shape, convScheme);
      const matrix = toMatrix(weights, shape, convScheme);
      const full = Math.min(...size);
      const decomposed = svd(matrix, ...size);
      if (rank >= full) {
        logger?.warn(
          `${owner}: rank ${rank} does not compress a ${size.join(' x ')} matrix; the weights stay as they are.`,
        );
      }
      const factors =
        rank >= full ? identityFactors(matrix, size) : balancedFactors(decomposed, size, rank);
      return {
        kind: 'factors',
        shape: [...shape],
        scheme: convScheme,
        matrix: size,
        rank: Math.min(rank, full),
        u: factors.u.map(entry),
        v: factors.v.map(entry),
        singularValues: decomposed.values,
      };
    },
    ...factorForm(precision),
  };
}
