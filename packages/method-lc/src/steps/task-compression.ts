import { createCompression } from '../compressions/create-compression.ts';
import type { Compression } from '../compressions/compression.ts';
import type { CompressionKinds } from '../compressions/create-compression.ts';
import type { CompressionTask } from '../tasks/compression-task.ts';

/** The compression of a task, for counting. */
export const compressionOf = (
  { parts, options }: CompressionTask,
  kinds: CompressionKinds,
): Compression => createCompression(parts, options, kinds);
