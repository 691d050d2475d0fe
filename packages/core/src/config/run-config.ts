import { z } from 'zod';
import { part } from '../registry/part.ts';
import { startReference } from './start-reference.ts';
import type { PartReference } from '../registry/part.ts';
import type { StartReference } from './start-reference.ts';

const trainerOptions = z.strictObject({
  evaluateEvery: z
    .int()
    .nonnegative()
    .default(1)
    .describe('epochs between evaluations of the test split; 0: only after a stage'),
  evaluationBatchSize: z
    .int()
    .positive()
    .optional()
    .describe('images in a batch of an evaluation; default: by image size'),
  checkpointEvery: z
    .strictObject({
      epochs: z.int().nonnegative().default(1).describe('epochs between checkpoints; 0: never'),
      steps: z.int().nonnegative().default(0).describe('steps between checkpoints; 0: never'),
    })
    .prefault({}),
  stepEventInterval: z
    .number()
    .nonnegative()
    .default(200)
    .describe('least milliseconds between two step events'),
});

/** Form of a configuration file, parts inside not yet checked. */
export const runConfigSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[A-Za-z0-9][\w.-]*$/, 'must be a folder name of letters, digits, ".", "_" and "-"')
    .optional()
    .describe('name of the run; default: <model>-<method>'),
  seed: z.int().min(0).max(0xffffffff).default(1).describe('seed of everything random'),
  plugins: z
    .array(z.string().min(1))
    .default([])
    .describe('packages or paths of plugins, relative to this file'),
  engine: part('engine').default({ name: 'auto' }),
  model: part('model'),
  dataset: part('dataset'),
  method: part('method'),
  start: startReference
    .optional()
    .describe(
      'first weights: run folder, model folder or .safetensors file, relative to this file; default: drawn from the seed',
    ),
  output: z.string().min(1).optional().describe('folder of the run; default: runs/<name>'),
  trainer: trainerOptions.prefault({}),
});

/** What a person may write. */
export type RunConfigInput = z.input<typeof runConfigSchema>;

/** Settings of the training loop, all filled in. */
export type TrainerOptions = z.output<typeof trainerOptions>;

/** A configuration with every default filled in, also those of the parts. */
export interface RunConfig {
  name: string;
  seed: number;
  plugins: string[];
  /** `{ name: 'auto' }` where the fastest engine at hand shall be taken. */
  engine: PartReference;
  model: PartReference;
  dataset: PartReference;
  method: PartReference;
  /** First weights; undefined: drawn from the seed. */
  start?: StartReference;
  output: string;
  trainer: TrainerOptions;
}
