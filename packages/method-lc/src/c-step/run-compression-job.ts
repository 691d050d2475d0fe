import { SeededRandom } from '@pare/core';
import type { createCompression } from '../compressions/create-compression.ts';
import type { CompressionJob, CompressionResult } from './compression-job.ts';

/** Does one compression step in this thread, with what `create` makes of its parts. */
export function runCompressionJob(
  { parts, options, weights, shape, mu, seed, spatial, previous }: CompressionJob,
  create: typeof createCompression,
): CompressionResult {
  const compression = create(parts, options);
  const warnings: string[] = [];
  const theta = compression.compress(weights, {
    mu,
    shape,
    spatial,
    previous,
    random: new SeededRandom(seed),
    logger: { warn: (message) => void warnings.push(message) },
  });
  return { theta, delta: compression.decompress(theta), warnings };
}
