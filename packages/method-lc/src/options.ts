import { z } from 'zod';
import { additiveOptions } from './compressions/additive.ts';
import { tasksOption } from './tasks/tasks-option.ts';

const positive = z.number().positive();
const epochs = z.int().positive();

const muOption = z
  .union([
    z.array(positive).min(1),
    z.strictObject({
      start: positive.default(9e-5).describe('μ of the first step'),
      factor: positive.default(1.1).describe('from one μ to the next'),
      steps: z.int().positive().default(40).describe('number of different μ'),
      repetitions: z.int().positive().default(1).describe('steps with the same μ'),
    }),
  ])
  .prefault({})
  .describe('penalty parameter of each step: a geometric series, or all values in a list');

const trainingOptions = {
  batchSize: z.int().positive().default(256),
  momentum: z.number().min(0).lt(1).default(0.9),
  nesterov: z.boolean().default(true).describe("PyTorch's Nesterov momentum"),
  weightDecay: z
    .number()
    .nonnegative()
    .default(0)
    .describe('added to gradients: twice the factor of ‖w‖² in the loss'),
  decayed: z
    .enum(['weights', 'layers'])
    .default('weights')
    .describe('what decays: weights and norm scales, or weights of layers only; biases never'),
};

const schedule = (rate: number, count: number, decay: number) =>
  z.strictObject({
    epochs: epochs.default(count),
    learningRate: positive.default(rate),
    decay: positive.default(decay).describe('factor of the learning rate, each time that it falls'),
    milestones: z
      .array(epochs)
      .min(1)
      .optional()
      .describe('epochs after which the learning rate falls; default: after every one'),
  });

/** Options of method `lc`; defaults are those of the authors' LeNet-300-100 examples. */
export const lcOptions = z.strictObject({
  tasks: tasksOption,
  lagrangian: z
    .enum(['augmented', 'penalty'])
    .default('augmented')
    .describe('`penalty`: multipliers stay 0 (quadratic penalty)'),
  mu: muOption,
  repetitions: additiveOptions.shape.repetitions.describe(
    'rounds of each C step of a sum of compressions, where its task has none of its own',
  ),
  epochs: epochs.default(20).describe('epochs of an L step'),
  firstEpochs: z
    .int()
    .nonnegative()
    .optional()
    .describe('epochs of the first L step, default twice `epochs`; 0: it is left out'),
  learningRate: positive.default(0.1),
  decay: positive.default(0.98).describe('factor of the learning rate'),
  decayPer: z
    .enum(['step', 'epoch'])
    .default('step')
    .describe('`step`: after each L step; `epoch`: after each epoch, and each L step starts anew'),
  clipLearningRate: z
    .boolean()
    .default(false)
    .describe('learning rates of at most 1/μ, so that the penalty cannot diverge'),
  releaseZeroRanks: z
    .boolean()
    .default(false)
    .describe(
      'layers with a norm behind are trained without penalty while their selected rank is 0, and L steps of nothing else are left out: the norm undoes a pull to 0',
    ),
  ...trainingOptions,
  tolerance: z
    .number()
    .nonnegative()
    .optional()
    .describe('ends the steps as soon as ‖w - Δ(Θ)‖² is at most this; default: never'),
  keep: z
    .enum(['last', 'best'])
    .default('last')
    .describe('the compressed network of the last step, or of the step with the best evaluation'),
  pretrain: z
    .union([z.literal(false), schedule(0.1, 300, 0.99)])
    .default(false)
    .describe('training of the reference network; false where the run has `start` weights'),
  finetune: z
    .union([z.literal(false), schedule(0.02, 200, 0.99)])
    .default(false)
    .describe('training of the compressed parameters: factors, values of codebooks, weights left'),
  workers: z
    .int()
    .nonnegative()
    .optional()
    .describe('threads for C steps; default: one less than processors; 0: none of their own'),
});

/** Options as they are used. */
export type LcOptions = z.output<typeof lcOptions>;
