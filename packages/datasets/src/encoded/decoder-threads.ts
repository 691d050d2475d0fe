import { availableParallelism } from 'node:os';
import type { Logger } from '@pare/core';

/** Threads of Node's pool, in which images are decoded, where nothing says otherwise. */
const POOL = 4;

/** Images to decode side by side; default: the number of cores. */
export const workersOf = (workers: number | undefined): number => workers ?? availableParallelism();

/** Says where Node's pool has fewer threads than images are to be decoded side by side. Only the environment can change that. */
export function noticePool(
  owner: string,
  workers: number,
  log: Logger | undefined,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): void {
  const threads = Number(environment.UV_THREADPOOL_SIZE) || POOL;
  if (threads >= workers) return;
  log?.info(
    `${owner}: images are decoded by ${threads} threads, as many as Node has for such work; set the environment variable UV_THREADPOOL_SIZE to ${workers} before the start to use ${workers}.`,
  );
}
