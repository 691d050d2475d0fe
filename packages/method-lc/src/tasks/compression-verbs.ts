import { z } from 'zod';
import { lowRankOptions } from '../compressions/low-rank/low-rank.ts';
import { rankSelectionOptions } from '../compressions/low-rank/rank-selection.ts';
import { l0ConstraintOptions } from '../compressions/pruning/l0-constraint.ts';
import { l1ConstraintOptions } from '../compressions/pruning/l1-constraint.ts';
import { penaltyOptions } from '../compressions/pruning/penalties.ts';
import { adaptiveQuantizationOptions } from '../compressions/quantization/adaptive-quantization.ts';
import { fixedCodebookOptions } from '../compressions/quantization/fixed-codebook.ts';
import { powersOfTwoOptions } from '../compressions/quantization/powers-of-two.ts';
import { amountOption } from './amount.ts';
import type { PartReference } from '@pare/core';

/** One way to use a verb: the options that go together, and the part that they describe. */
export interface VerbForm {
  /** The option whose presence chooses this form; without one it is the form of all other cases. */
  readonly chosenBy?: string;
  readonly options: z.ZodObject;
  /** The part for options that are right; amounts stay as they are written, what is left out may be undefined. */
  part(options: Readonly<Record<string, unknown>>): PartReference;
}

/** How a compression is written in a task. */
export interface Verb {
  readonly forms: readonly VerbForm[];
  /** The option that a number without a name stands for. */
  readonly number?: string;
  /** The option that a list without a name stands for. */
  readonly list?: string;
}

const { centroids, ...kMeansOptions } = adaptiveQuantizationOptions.shape;
const flag = z.boolean().default(false);
const scheme = z.literal([1, 2]).optional().describe('how a convolution becomes a matrix');
const convScheme = (chosen: unknown) =>
  chosen === undefined ? {} : { convScheme: `scheme-${Number(chosen)}` };

const prune: Verb = {
  number: 'keep',
  forms: [
    {
      chosenBy: 'keep',
      options: z.strictObject({
        keep: amountOption,
        norm: z.literal('l0').optional(),
        precision: l0ConstraintOptions.shape.precision,
      }),
      part: ({ keep, precision }) => ({ name: 'l0-constraint', kept: keep, precision }),
    },
    {
      chosenBy: 'budget',
      options: z.strictObject({
        budget: l1ConstraintOptions.shape.radius,
        norm: z.literal('l1').optional(),
        preset: l1ConstraintOptions.shape.preset,
      }),
      part: ({ budget, preset }) => ({ name: 'l1-constraint', radius: budget, preset }),
    },
    {
      chosenBy: 'penalty',
      options: z.strictObject({
        penalty: penaltyOptions.shape.alpha,
        norm: z
          .enum(['l0', 'l1'])
          .default('l0')
          .describe('what has a price: weights, or magnitudes'),
      }),
      part: ({ penalty, norm = 'l0' }) => ({ name: `${norm as string}-penalty`, alpha: penalty }),
    },
  ],
};

const quantize: Verb = {
  number: 'k',
  list: 'values',
  forms: [
    {
      chosenBy: 'k',
      options: z.strictObject({ k: centroids, ...kMeansOptions }),
      part: ({ k, ...more }) => ({ name: 'adaptive-quantization', centroids: k, ...more }),
    },
    {
      chosenBy: 'values',
      options: z.strictObject({ values: fixedCodebookOptions.shape.values }),
      part: ({ values }) => ({ name: 'fixed-codebook', values }),
    },
    {
      chosenBy: 'powersOfTwo',
      options: z.strictObject({ powersOfTwo: flag, c: powersOfTwoOptions.shape.smallest }),
      part: ({ c }) => ({ name: 'powers-of-two', smallest: c }),
    },
  ],
};

const signs = (name: string): Verb => ({
  forms: [
    {
      options: z.strictObject({ scale: flag }),
      part: ({ scale }) => ({ name: scale ? `scaled-${name}` : name }),
    },
  ],
});

const lowRank: Verb = {
  number: 'rank',
  forms: [
    {
      chosenBy: 'auto',
      options: z.strictObject({
        auto: flag,
        cost: rankSelectionOptions.shape.criterion.default('storage'),
        alpha: rankSelectionOptions.shape.alpha,
        normalize: rankSelectionOptions.shape.normalize,
        denseFallback: rankSelectionOptions.shape.denseFallback,
        scheme,
      }),
      part: ({ auto: _auto, cost = 'storage', scheme: chosen, ...more }) => ({
        name: 'rank-selection',
        criterion: cost,
        ...more,
        ...convScheme(chosen),
      }),
    },
    {
      chosenBy: 'rank',
      options: z.strictObject({ ...lowRankOptions.shape, scheme }),
      part: ({ scheme: chosen, ...more }) => ({ name: 'low-rank', ...more, ...convScheme(chosen) }),
    },
  ],
};

/** Compressions as tasks are written. The names of the parts themselves do as well, with their own options. */
export const compressionVerbs: Readonly<Record<string, Verb>> = {
  prune,
  quantize,
  binarize: signs('binary'),
  ternarize: signs('ternary'),
  'low-rank': lowRank,
};
