import { setTimeout as delay } from 'node:timers/promises';
import { PareError } from '@pare/core';
import { digestProblem } from './check-file.ts';
import { formatSize } from './format-size.ts';
import { PartFile } from './part-file.ts';
import { receiveRest } from './receive-rest.ts';
import { TransferFailure } from './transfer-failure.ts';
import type { DataFetchOptions } from '@pare/core';
import type { PublishedFile } from './data-manifest.ts';

/** Waits before the next attempt; `attempt` counts from 1. */
export type Pause = (attempt: number, signal: AbortSignal | undefined) => Promise<void>;

/** One file, and where it comes from and goes. */
export interface DownloadOptions extends Pick<DataFetchOptions, 'signal' | 'onEvent'> {
  readonly file: PublishedFile;
  readonly url: string;
  /** Where the file will be. */
  readonly path: string;
  /** Default: 1, 2, 4, 8 seconds. */
  readonly pause?: Pause;
  /** Ends messages of failed downloads: another way to get the file. */
  readonly advice: string;
}

/** Attempts without progress before a download is given up. */
const ATTEMPTS = 5;
/** Bytes after which a connection that fails again counts as a new trouble. */
const PROGRESS = 1 << 20;

const growingPause: Pause = (attempt, signal) =>
  delay(1000 * 2 ** (attempt - 1), undefined, { signal });

/**
 * Downloads a file: goes on with a `.part` that is there, tries again where the connection fails, compares size and
 * checksums, and only then gives the file its name. Throws DOWNLOAD_FAILED, DATASET_CHECKSUM, DISK_FULL, INTERRUPTED.
 */
export async function downloadFile(options: DownloadOptions): Promise<void> {
  const part = new PartFile(options.path);
  try {
    const resumed = await receive(options, part);
    let problem = await digestProblem(part.path, options.file, options);
    if (problem !== undefined && resumed) {
      notify(options, `the parts do not make the file that was published; starting over`);
      await part.discard();
      await receive(options, part);
      problem = await digestProblem(part.path, options.file, options);
    }
    if (problem !== undefined) {
      await part.discard();
      throw new PareError(
        'DATASET_CHECKSUM',
        `${options.url}: the file ${problem}. It was not kept. Try again later; the file on the network may have changed. ${options.advice}`,
      );
    }
    await part.finish();
  } catch (error) {
    throw options.signal?.aborted ? await interruption(options, part, error) : error;
  }
}

/** Receives the whole file, in as many attempts as are worth it; whether bytes from before were used. */
async function receive(options: DownloadOptions, part: PartFile): Promise<boolean> {
  const { file, signal, pause = growingPause } = options;
  let size = await part.size();
  if (size > 0) notify(options, `going on after ${formatSize(size)}`);
  for (let failures = 0; ;) {
    const outcome = await attempt(options, part);
    if (typeof outcome === 'number') {
      if (outcome < size) notify(options, 'the server sent the file from its start');
      return outcome > 0;
    }
    const before = size;
    size = await part.size();
    failures = size - before >= PROGRESS ? 1 : failures + 1;
    if (!outcome.retry || failures === ATTEMPTS) throw downloadFailed(options, outcome, size);
    const reached = `${formatSize(size)} of ${formatSize(file.bytes)}`;
    notify(options, `${outcome.message}, at ${reached}; trying again`);
    await pause(failures, signal);
  }
}

/** One request: the position that it went on from, or why it failed. */
async function attempt(options: DownloadOptions, part: PartFile) {
  const { file, url, signal, onEvent } = options;
  const onBytes = (done: number) =>
    onEvent?.({ type: 'progress', phase: 'download', file: file.name, done, total: file.bytes });
  try {
    return await receiveRest({ url, file, part, signal, onBytes });
  } catch (error) {
    if (error instanceof TransferFailure && !signal?.aborted) return error;
    throw error;
  }
}

function notify({ file, onEvent }: DownloadOptions, text: string): void {
  onEvent?.({ type: 'notice', message: `${file.name}: ${text}` });
}

function downloadFailed(
  { url, advice }: DownloadOptions,
  failure: TransferFailure,
  kept: number,
): PareError {
  const rest = kept > 0 ? `: it goes on after the ${formatSize(kept)} that are there` : '';
  const again = `Check the network connection and run the same command again${rest}. `;
  return new PareError(
    'DOWNLOAD_FAILED',
    `${url}: cannot be downloaded: ${failure.message}. ${failure.retry ? again : ''}A mirror can be named (--url). ${advice}`,
    { cause: failure },
  );
}

async function interruption(
  { file }: DownloadOptions,
  part: PartFile,
  cause: unknown,
): Promise<PareError> {
  const kept = await part.size();
  return new PareError(
    'INTERRUPTED',
    `Stopped. ${formatSize(kept)} of the ${formatSize(file.bytes)} of ${file.name} are kept; the same command goes on from there.`,
    { cause },
  );
}
