import { availableParallelism } from 'node:os';
import type { Logger } from '@pare/core';

/** Threads of Node's pool, in which images are decoded, where nothing says otherwise. */
const POOL = 4;

/** Images under way at a time; default: one more than cores, as one is being read or converted while the others are decoded. */
export const workersOf = (workers: number | undefined, cores = availableParallelism()): number =>
  workers ?? cores + 1;

/** What decoding may use. */
export interface Machine {
  readonly cores: number;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const thisMachine = (): Machine => ({ cores: availableParallelism(), environment: process.env });

/** Says where Node's pool has fewer threads than could be used. Only the environment can change that. */
export function noticePool(
  owner: string,
  workers: number,
  log: Logger | undefined,
  { cores, environment } = thisMachine(),
): void {
  const threads = Number(environment.UV_THREADPOOL_SIZE) || POOL;
  const wanted = Math.min(workers, cores);
  if (threads >= wanted) return;
  log?.info(
    `${owner}: images are decoded by ${threads} threads, as many as Node has for such work; set the environment variable UV_THREADPOOL_SIZE to ${wanted} before the start to use ${wanted}.`,
  );
}
