import { PareError, parseOptions } from '@pare/core';
import { z } from 'zod';
import { inputWeights } from '../input-weights.ts';
import { svd as ownSvd } from '../linear-algebra/svd.ts';
import { bestRank } from './best-rank.ts';
import { balancedFactors, factorForm, identityFactors } from './factors.ts';
import { convSchemeOption, matrixShape, toMatrix } from './weight-matrix.ts';
import type { FactoredWeights } from '../compressed-weights.ts';
import type { Compression, CompressionContext } from '../compression.ts';

/** Options of `rankSelection`. */
export const rankSelectionOptions = z.strictObject({
  alpha: z
    .number()
    .nonnegative()
    .describe('α: price of one stored number or multiply-add (the papers’ λ is for a million)'),
  criterion: z
    .enum(['storage', 'flops'])
    .describe('what costs: stored numbers, or multiply-adds for one image'),
  normalize: z
    .boolean()
    .default(false)
    .describe('measures the error as a share of the squared norm of the weights'),
  convScheme: convSchemeOption
    .optional()
    .describe('how a convolution becomes a matrix; dense layers need none'),
  denseFallback: z
    .boolean()
    .default(false)
    .describe('no rank costs more than the matrix itself; the authors charge r·(m + n) always'),
});

type Options = z.output<typeof rankSelectionOptions>;

const owner = 'compression "rank-selection"';

/**
 * The rank, and the matrix of that rank, of least α·C(r) + (μ/2)·‖W - UV‖²/ν with C(r) = r·(m + n), times the output pixels
 * where multiply-adds count (Idelbayev and Carreira-Perpiñán, CVPR 2020). With μ = 0 the rank is 0.
 */
export function rankSelection(
  input: z.input<typeof rankSelectionOptions>,
): Compression<FactoredWeights> {
  const options = parseOptions(rankSelectionOptions, input, { owner });
  const { convScheme: scheme } = options;
  return {
    name: 'rank-selection',
    compress(v, context) {
      const { shape, svd = ownSvd, mu } = context;
      const weights = inputWeights(owner, v, context);
      const matrix = toMatrix(weights, shape, scheme);
      const size = matrixShape(owner, shape, scheme);
      const pixels = outputPixels(options, context);
      const decomposed = svd(matrix, ...size);
      const { rank, ...selection } = bestRank(decomposed.values, size, { ...options, mu, pixels });
      const factors =
        rank === Math.min(...size)
          ? identityFactors(matrix, size)
          : balancedFactors(decomposed, size, rank);
      const { values: singularValues } = decomposed;
      return {
        kind: 'factors',
        shape: [...shape],
        scheme,
        matrix: size,
        rank,
        ...factors,
        singularValues,
        selection,
      };
    },
    ...factorForm(),
  };
}

/** How often each number of the factors is used for one image. */
function outputPixels(
  { criterion }: Options,
  { shape, spatial }: CompressionContext<FactoredWeights>,
): number {
  if (criterion === 'storage') return 1;
  const pixels = spatial ?? (shape.length === 2 ? 1 : undefined);
  if (pixels !== undefined && Number.isInteger(pixels) && pixels > 0) return pixels;
  throw new PareError(
    'NO_OUTPUT_SIZE',
    `${owner}: criterion "flops" needs the pixels of the convolution's output, height x width, a whole number from 1; received ${spatial}. Use criterion "storage", or a network whose image size is known.`,
  );
}
