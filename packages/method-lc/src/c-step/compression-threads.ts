import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { PareError } from '@pare/core';
import { Piscina } from 'piscina';
import { jobError } from './job-failure.ts';
import type { CompressionJob, CompressionResult } from './compression-job.ts';
import type { WorkerAnswer } from './compression-worker.ts';

/** What the threads run: the build, or the sources where these run. */
const findWorker = (): string =>
  pathToFileURL(createRequire(import.meta.url).resolve('#compression-worker')).href;

interface Pool {
  readonly threads: Piscina<CompressionJob, WorkerAnswer>;
  /** Why it has ended. */
  failure?: PareError;
}

/** Threads that do compression steps with the kinds of this package. They start at the first job and stay until disposal. */
export class CompressionThreads implements AsyncDisposable {
  readonly #count: number;
  readonly #worker: string;
  #pool: Pool | undefined;
  #closed = false;

  /** `entry` is the address of the module whose `answer` the threads run. */
  constructor(count: number, entry = findWorker()) {
    this.#count = count;
    this.#worker = entry;
  }

  /** Does one step; steps begin in the order of the calls. Throws as `CompressionRunner.run` does. */
  async run(job: CompressionJob): Promise<CompressionResult> {
    if (this.#closed) throw runnerClosed();
    const pool = (this.#pool ??= this.#start());
    // One copy, rounded as every step does first, which is then handed over; the caller's array stays as it is.
    const weights = new Float32Array(job.weights);
    const answer = await pool.threads
      .run({ ...job, weights }, { transferList: [weights.buffer] })
      .catch((cause: unknown) => this.#end(pool, threadDied(job.name, cause)));
    if ('failure' in answer) throw jobError(job, answer.failure);
    return answer.result;
  }

  /** Ends the threads; steps that are under way fail with `RUNNER_CLOSED`. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    if (this.#pool) await this.#end(this.#pool, runnerClosed()).catch(() => undefined);
  }

  #start(): Pool {
    const threads = new Piscina<CompressionJob, WorkerAnswer>({
      filename: this.#worker,
      name: 'answer',
      minThreads: this.#count,
      maxThreads: this.#count,
      // Steps take milliseconds at least, and a thread that waits blocked cannot tidy up its memory.
      atomics: 'disabled',
      recordTiming: false,
    });
    const pool: Pool = { threads };
    // A thread that dies between two steps.
    threads.on('error', (cause) => {
      this.#end(pool, threadDied(undefined, cause)).catch(() => undefined);
    });
    return pool;
  }

  /** Ends a pool, as steps may wait in it for a thread that has died; all of them fail for the first reason. */
  async #end(pool: Pool, reason: PareError): Promise<never> {
    const failure = (pool.failure ??= reason);
    if (this.#pool === pool) this.#pool = undefined;
    await pool.threads.destroy();
    throw failure;
  }
}

/** What every call gets after disposal. */
export const runnerClosed = (): PareError =>
  new PareError(
    'RUNNER_CLOSED',
    'The runner of compression steps has been disposed of; make a new one.',
  );

function threadDied(name: string | undefined, cause: unknown): PareError {
  const step = name === undefined ? 'A compression step' : `Task "${name}": the compression step`;
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new PareError(
    'WORKER_DIED',
    `${step} was not finished, because its thread ended: ${reason}. Where memory ran out, use fewer workers.`,
    { cause },
  );
}
