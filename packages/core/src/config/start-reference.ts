import { z } from 'zod';

/** Where first weights come from. */
export interface StartReference {
  /** Run folder, model folder, or `.safetensors` file. */
  path: string;
  /** SHA-256 that the file with the weights must have, in hexadecimal digits. */
  sha256?: string;
  /** Order of axes in a `.safetensors` file; default: as the file says. */
  layout?: 'pare' | 'torch';
}

const path = z.string().min(1);

/** Schema of `start`: a path, or a mapping with `path` and what is known of it. */
export const startReference = z
  .union([
    path,
    z.strictObject({
      path: path.describe('run folder, model folder or .safetensors file'),
      sha256: z
        .string()
        .regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits in lower case')
        .optional()
        .describe('SHA-256 that the file with the weights must have'),
      layout: z
        .enum(['pare', 'torch'])
        .optional()
        .describe('order of axes in a .safetensors file; default: as the file says'),
    }),
  ])
  .transform((value): StartReference => (typeof value === 'string' ? { path: value } : value));
