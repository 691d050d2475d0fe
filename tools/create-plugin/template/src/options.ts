import { z } from 'zod';

/** Options of the method. Defaults stand here and nowhere else. */
export const methodOptions = z.strictObject({
  keep: z.number().positive().max(1).default(0.1).describe('share of the weights that stay'),
  epochs: z.int().positive().default(10).describe('epochs before the pruning'),
  finetuneEpochs: z.int().nonnegative().default(5).describe('epochs after it; 0: none'),
  batchSize: z.int().positive().default(128).describe('images in a step'),
  learningRate: z.number().positive().default(1e-3).describe('of Adam, in both trainings'),
});

/** Options with every default filled in. */
export type MethodOptions = z.output<typeof methodOptions>;
