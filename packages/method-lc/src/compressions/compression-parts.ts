import { z } from 'zod';
import { rankSelection, rankSelectionOptions } from './low-rank/rank-selection.ts';
import { lowRank, lowRankOptions } from './low-rank/low-rank.ts';
import { l0Constraint, l0ConstraintOptions } from './pruning/l0-constraint.ts';
import { l1Constraint, l1ConstraintOptions } from './pruning/l1-constraint.ts';
import { l0Penalty, l1Penalty, penaltyOptions } from './pruning/penalties.ts';
import {
  adaptiveQuantization,
  adaptiveQuantizationOptions,
} from './quantization/adaptive-quantization.ts';
import {
  binaryQuantization,
  scaledBinaryQuantization,
} from './quantization/binary-quantization.ts';
import { fixedCodebook, fixedCodebookOptions } from './quantization/fixed-codebook.ts';
import { powersOfTwo, powersOfTwoOptions } from './quantization/powers-of-two.ts';
import {
  scaledTernaryQuantization,
  ternaryQuantization,
} from './quantization/ternary-quantization.ts';
import type { Compression } from './compression.ts';

/** A kind of compression by name. */
export interface CompressionPart {
  readonly description: string;
  readonly options: z.ZodObject;
  /** Makes the compression; its options are checked. */
  create(options: unknown): Compression;
}

const none = z.strictObject({});

/** Ties the options of a kind to what makes it. */
const part = <Options extends z.ZodObject>(
  description: string,
  options: Options,
  create: (options: z.input<Options>) => Compression,
): CompressionPart => ({
  description,
  options,
  create: (input) => create(input as z.input<Options>),
});

/** Every kind of compression; a sum of them is written as a list. */
export const compressionParts: Readonly<Record<string, CompressionPart>> = {
  'adaptive-quantization': part(
    'a learned codebook of K values',
    adaptiveQuantizationOptions,
    adaptiveQuantization,
  ),
  'fixed-codebook': part('given values', fixedCodebookOptions, fixedCodebook),
  binary: part('-1 and +1', none, binaryQuantization),
  'scaled-binary': part('-a and +a, a learned', none, scaledBinaryQuantization),
  ternary: part('-1, 0 and +1', none, ternaryQuantization),
  'scaled-ternary': part('-a, 0 and +a, a learned', none, scaledTernaryQuantization),
  'powers-of-two': part('0 and ±2^0 ... ±2^-C', powersOfTwoOptions, powersOfTwo),
  'l0-constraint': part('at most κ weights', l0ConstraintOptions, l0Constraint),
  'l1-constraint': part('magnitudes that sum to κ at most', l1ConstraintOptions, l1Constraint),
  'l0-penalty': part('a price for each weight that is left', penaltyOptions, l0Penalty),
  'l1-penalty': part('a price for the magnitude of weights', penaltyOptions, l1Penalty),
  'low-rank': part('a matrix of given rank', lowRankOptions, lowRank),
  'rank-selection': part('a matrix of learned rank', rankSelectionOptions, rankSelection),
};
