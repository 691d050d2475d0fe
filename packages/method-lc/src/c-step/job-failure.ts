import { PareError } from '@pare/core';
import type { CompressionJob } from './compression-job.ts';

/** An error as plain data, since threads hand over neither classes nor codes of errors. */
export interface JobFailure {
  /** Where the error was meant for people; otherwise it is a defect. */
  readonly code?: string;
  readonly message: string;
  readonly stack?: string;
}

/** What is handed over of an error. */
export function describeFailure(error: unknown): JobFailure {
  if (!(error instanceof Error)) return { message: String(error) };
  const { message, stack } = error;
  return error instanceof PareError ? { code: error.code, message, stack } : { message, stack };
}

/** The error that the caller sees: code and message are kept, and the job is named. */
export function jobError(
  { name, shape }: Pick<CompressionJob, 'name' | 'shape'>,
  { code, message, stack }: JobFailure,
): PareError {
  const job = name === undefined ? `weights [${shape.join(', ')}]` : `task "${name}"`;
  const cause = Object.assign(new Error(message), { stack });
  if (code !== undefined) return new PareError(code, `${job}: ${message}`, { cause });
  return new PareError(
    'COMPRESSION_FAILED',
    `${job}: its compression step failed: ${message}. This is a defect of the compression.`,
    { cause },
  );
}
