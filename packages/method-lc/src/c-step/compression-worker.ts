import { move, transferableSymbol, valueSymbol } from 'piscina';
import { createCompression } from '../compressions/create-compression.ts';
import { describeFailure } from './job-failure.ts';
import { largeBuffers } from './large-buffers.ts';
import { runCompressionJob } from './run-compression-job.ts';
import type { CompressionJob, CompressionResult } from './compression-job.ts';
import type { JobFailure } from './job-failure.ts';

/** What a thread answers. */
export type WorkerAnswer =
  { readonly result: CompressionResult } | { readonly failure: JobFailure };

/** What a thread does with a job: large arrays of the result are handed over, not copied. */
export function answer(job: CompressionJob): WorkerAnswer | ReturnType<typeof move> {
  try {
    const result = runCompressionJob(job, createCompression);
    const handedOver = {
      [transferableSymbol]: largeBuffers(result),
      [valueSymbol]: { result },
    };
    return move(handedOver);
  } catch (error) {
    return { failure: describeFailure(error) };
  }
}
