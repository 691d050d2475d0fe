import { z } from 'zod';
import { regularizerNames, scripts } from './regularizers/regularizer-kind.ts';

const epochs = z.number().int().positive();
const learningRate = z.number().positive();
const weightDecay = z.number().nonnegative();
const stage = <T extends z.ZodType>(settings: T) => z.union([z.literal(false), settings]);

const pruneWhat = {
  biases: z.boolean().default(true).describe('prune biases and norm shifts too'),
  normScales: z.boolean().default(true).describe('prune the scales of norm layers too'),
};

/** Options of the method; `false` leaves a stage out. */
export const hoyerOptions = z.strictObject({
  preset: z
    .enum(['default', 'reference'])
    .default('default')
    .describe('reference: the defaults and habits of the authors’ scripts'),
  script: z
    .enum(scripts)
    .optional()
    .describe('script of the authors, for numbers as regularizer and the reference grouping'),
  regularizer: z
    .union([z.enum(regularizerNames), z.number().int().nonnegative()])
    .default('hoyer-square')
    .describe('name, short name, or number of the script'),
  strength: z
    .number()
    .nonnegative()
    .optional()
    .describe('factor λ of the regularizer; default by regularizer'),
  grouping: z
    .enum(['filter-channel', 'kernel-position'])
    .optional()
    .describe('groups of convolutions; default filter-channel, or those of the script'),
  optimizer: z.enum(['adam']).default('adam').describe('update rule of all stages'),
  batchSize: z.number().int().positive().default(100).describe('images in a step'),
  pretrain: stage(
    z.strictObject({
      epochs: epochs.default(250),
      learningRate: learningRate.default(1e-3),
      weightDecay: weightDecay.default(0),
    }),
  )
    .default(false)
    .describe('training without the regularizer first'),
  train: stage(
    z.strictObject({
      epochs: epochs.default(250),
      learningRate: learningRate.default(1e-3),
      weightDecay: weightDecay.optional().describe('default 0, structural 1e-4'),
    }),
  )
    .prefault({})
    .describe('training with the regularizer'),
  prune: stage(
    z.union([
      z.strictObject({
        rule: z.literal('std-ratio').default('std-ratio'),
        sensitivity: z.number().nonnegative().default(0.25),
        ...pruneWhat,
      }),
      z.strictObject({
        rule: z.literal('fixed').default('fixed'),
        threshold: z.number().nonnegative().default(0.001),
        ...pruneWhat,
      }),
    ]),
  )
    .prefault({})
    .describe(
      'weights below sensitivity × standard deviation of their tensor, or below a threshold, become 0',
    ),
  finetune: stage(
    z.strictObject({
      epochs: epochs.optional().describe('default 50 after std-ratio, 100 after fixed'),
      learningRate: learningRate
        .optional()
        .describe('default 1e-3 after std-ratio, 1e-4 after fixed'),
      weightDecay: weightDecay.optional().describe('default 1e-4 after std-ratio, 0 after fixed'),
      keep: z
        .enum(['best', 'last'])
        .optional()
        .describe('default best after std-ratio, last after fixed'),
      freeze: z
        .enum(['zeros', 'mask'])
        .default('zeros')
        .describe('what stays 0: weights that are 0 now, or those that were when the stage began'),
    }),
  )
    .prefault({})
    .describe('training of the weights that are left'),
});

/** Options with defaults filled in. */
export type HoyerOptions = z.output<typeof hoyerOptions>;
