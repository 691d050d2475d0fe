import { setImmediate } from 'node:timers/promises';
import { PareError } from '@pare/core';
import { compressionParts } from '../compressions/compression-parts.ts';
import { createCompression } from '../compressions/create-compression.ts';
import { CompressionThreads, runnerClosed } from './compression-threads.ts';
import { describeFailure, jobError } from './job-failure.ts';
import { estimateMilliseconds } from './job-duration.ts';
import { runCompressionJob } from './run-compression-job.ts';
import type { CompressionJob, CompressionResult, CompressionRunner } from './compression-job.ts';

export type { CompressionRunner };

/** Options of `compressionRunner`. */
export interface CompressionRunnerOptions {
  /** Threads; 0 does every step in this one. */
  readonly workers: number;
  /**
   * Makes the compressions of jobs that have a kind which is not of this package. These are done in this thread, as the others
   * know this package only. Without it such kinds are refused.
   */
  readonly create?: typeof createCompression;
}

/** Estimated milliseconds below which a step is done here: to hand it over and back takes up to one. */
const worthAThread = 5;

/** A runner of compression steps. Its threads start at the first step that is worth one. */
export function compressionRunner({
  workers,
  create = createCompression,
}: CompressionRunnerOptions): CompressionRunner {
  if (!Number.isSafeInteger(workers) || workers < 0) {
    throw new PareError(
      'BAD_WORKERS',
      `The workers of a runner must be a whole number from 0; received ${workers}.`,
    );
  }
  return new Runner(create, workers === 0 ? undefined : new CompressionThreads(workers));
}

/** What a step came to. */
type Outcome = { readonly result: CompressionResult } | { readonly error: unknown };

class Runner implements CompressionRunner {
  readonly #create: typeof createCompression;
  readonly #threads: CompressionThreads | undefined;
  #closed = false;

  constructor(create: typeof createCompression, threads: CompressionThreads | undefined) {
    this.#create = create;
    this.#threads = threads;
  }

  async run(jobs: readonly CompressionJob[]): Promise<CompressionResult[]> {
    const outcomes: Outcome[] = [];
    const [there, here] = this.#share(jobs);
    const threads = there.map(async (at) => {
      outcomes[at] = await outcomeOf(() => this.#threads!.run(jobs[at]!));
    });
    for (const at of here) {
      // Threads that have finished a step get their next one between two steps of this thread.
      await setImmediate();
      outcomes[at] = await outcomeOf(() => this.#runHere(jobs[at]!));
    }
    await Promise.all(threads);
    return outcomes.map((outcome) => {
      if ('error' in outcome) throw outcome.error;
      return outcome.result;
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    await this.#threads?.[Symbol.asyncDispose]();
  }

  /** Places of the jobs for the threads and for this one, the longest first: so no thread begins with a long one at the end. */
  #share(jobs: readonly CompressionJob[]): [there: number[], here: number[]] {
    const durations = jobs.map(estimateMilliseconds);
    const order = Array.from(jobs.keys()).sort((a, b) => durations[b]! - durations[a]!);
    const worth = (at: number) =>
      this.#threads !== undefined && durations[at]! >= worthAThread && isOwn(jobs[at]!);
    return [order.filter(worth), order.filter((at) => !worth(at))];
  }

  #runHere(job: CompressionJob): CompressionResult {
    if (this.#closed) throw runnerClosed();
    try {
      return runCompressionJob(job, isOwn(job) ? createCompression : this.#create);
    } catch (error) {
      throw jobError(job, describeFailure(error));
    }
  }
}

/** Whether all kinds of compression in a job are of this package. */
const isOwn = ({ parts }: CompressionJob): boolean =>
  parts.every(({ name }) => Object.hasOwn(compressionParts, name));

async function outcomeOf(
  run: () => CompressionResult | Promise<CompressionResult>,
): Promise<Outcome> {
  try {
    return { result: await run() };
  } catch (error) {
    return { error };
  }
}
