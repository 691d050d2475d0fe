import { digestNames } from './check-file.ts';
import { TransferFailure, networkFailure } from './transfer-failure.ts';
import type { FileHandle } from 'node:fs/promises';
import type { PublishedFile } from './data-manifest.ts';
import type { PartFile } from './part-file.ts';

/** One request for what is missing of a file. */
export interface ReceiveOptions {
  readonly url: string;
  readonly file: PublishedFile;
  readonly part: PartFile;
  readonly signal?: AbortSignal;
  readonly onBytes: (done: number) => void;
}

/**
 * Asks once for the bytes that a part lacks and appends them; gives the position that it went on from. A server that has
 * another file by now, or knows no ranges, sends everything, and the part starts over. Throws TransferFailure.
 */
export async function receiveRest(options: ReceiveOptions): Promise<number> {
  const { url, file, part, signal } = options;
  const { from, validator } = await resumePoint(options);
  if (from === file.bytes) return from;
  const response = await send(url, from, validator, signal);
  let start: number;
  try {
    start = acceptedStart(response, from, file);
  } catch (error) {
    await response.body?.cancel();
    if (response.status === 416 || response.status === 206) await part.discard();
    throw error;
  }
  const handle =
    start > 0 ? await part.goOn() : await part.startOver({ url, validator: validatorOf(response) });
  try {
    await append(handle, response, start, options);
  } finally {
    await handle.close();
  }
  return start;
}

/** Where to go on. Without the server's word that the file is the same, only a checksum can tell; else from the start. */
async function resumePoint({ url, file, part }: ReceiveOptions) {
  const size = await part.size();
  const origin = await part.origin();
  const validator = origin?.url === url ? origin.validator : undefined;
  const safe = validator !== undefined || digestNames(file).length > 0;
  return { from: safe && size <= file.bytes ? size : 0, validator };
}

async function send(
  url: string,
  from: number,
  validator: string | undefined,
  signal: AbortSignal | undefined,
): Promise<Response> {
  // Ranges count bytes of the file itself, not of a compressed form of it.
  const headers: Record<string, string> = { 'accept-encoding': 'identity' };
  if (from > 0) headers.range = `bytes=${from}-`;
  if (from > 0 && validator !== undefined) headers['if-range'] = validator;
  try {
    return await fetch(url, { headers, signal });
  } catch (error) {
    throw networkFailure(error);
  }
}

const worthAnotherTry = (status: number) => status >= 500 || [408, 416, 425, 429].includes(status);

/** Where the bytes of an answer begin. */
function acceptedStart(response: Response, from: number, file: PublishedFile): number {
  const { status, statusText, headers } = response;
  if (status === 206) {
    const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get('content-range') ?? '');
    const isAsked = range && Number(range[1]) === from && totals(file).includes(range[2]!);
    if (isAsked) return from;
    throw new TransferFailure('the server sent another part than it was asked for', {
      retry: true,
    });
  }
  if (status !== 200) {
    const reason = `the server answered ${status} ${statusText}`.trimEnd();
    throw new TransferFailure(reason, { retry: worthAnotherTry(status) });
  }
  const length = headers.get('content-length');
  if (length !== null && !headers.has('content-encoding') && Number(length) !== file.bytes) {
    throw new TransferFailure(`the file there has ${length} bytes instead of ${file.bytes}`, {
      retry: false,
    });
  }
  return 0;
}

const totals = ({ bytes }: PublishedFile) => [String(bytes), '*'];

/** What `If-Range` takes: a strong ETag, else the time of the last change. */
function validatorOf({ headers }: Response): string | undefined {
  const tag = headers.get('etag');
  const strong = tag?.startsWith('"') ? tag : undefined;
  return strong ?? headers.get('last-modified') ?? undefined;
}

async function append(
  handle: FileHandle,
  { body }: Response,
  start: number,
  { file, onBytes }: ReceiveOptions,
): Promise<void> {
  let done = start;
  for await (const chunk of chunksOf(body)) {
    done += chunk.length;
    if (done > file.bytes) {
      throw new TransferFailure(`the server sent more than ${file.bytes} bytes`, { retry: false });
    }
    await handle.writeFile(chunk);
    onBytes(done);
  }
  if (done < file.bytes) {
    throw new TransferFailure('the connection ended early', { retry: true });
  }
}

async function* chunksOf(body: Response['body']): AsyncGenerator<Uint8Array> {
  if (!body) return;
  const reader = body.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  try {
    for (;;) {
      const { value } = await reader.read().catch((error: unknown) => {
        throw networkFailure(error);
      });
      if (!value) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
