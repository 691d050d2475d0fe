import { createServer } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DataEvent } from '@pare/core';

/** A file on the server, and how the server behaves. */
export interface ServedFile {
  readonly content: Uint8Array;
  readonly etag?: string;
  readonly lastModified?: string;
  /** Answers every request with the whole file. */
  readonly withoutRanges?: boolean;
  /** Bytes after which the connection is cut once they have arrived, answer by answer; then answers are whole. */
  readonly cuts?: number[];
  /** Answers with these status codes first. */
  readonly failures?: number[];
  /** Gives no length. */
  readonly chunked?: boolean;
}

/** What a request asked for. */
export interface SeenRequest {
  readonly path: string;
  readonly range: string | undefined;
  readonly ifRange: string | undefined;
}

/** A server on this machine, and a folder for what is downloaded; both go at the end. */
export async function fileServer(files: Record<string, ServedFile>) {
  const requests: SeenRequest[] = [];
  let cut: Cut | undefined;
  const server = createServer((request, response) => {
    const { url = '', headers } = request;
    requests.push({ path: url, range: headers.range, ifRange: headers['if-range'] as string });
    const file = files[url.slice(1)];
    if (file) cut = serve(file, request, response);
    else response.writeHead(404).end('no such file');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const directory = await mkdtemp(join(tmpdir(), 'pare-fetch-'));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    directory,
    files,
    requests,
    /** Has to hear of what arrives, as `onEvent`: a connection that is cut earlier may lose what is on its way. */
    hear: (event: DataEvent) => {
      if (event.type === 'progress' && event.phase === 'download' && event.done === cut?.at)
        cut.off();
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await rm(directory, { recursive: true, force: true });
    },
  };
}

interface Cut {
  /** Position in the file. */
  readonly at: number;
  readonly off: () => void;
}

function serve(
  file: ServedFile,
  request: IncomingMessage,
  response: ServerResponse,
): Cut | undefined {
  const failure = file.failures?.shift();
  if (failure !== undefined) return void response.writeHead(failure).end('not now');
  const { content } = file;
  const start = rangeStart(file, request);
  if (start >= content.length) {
    return void response.writeHead(416, { 'content-range': `bytes */${content.length}` }).end();
  }
  const rest = content.subarray(start);
  response.writeHead(start > 0 ? 206 : 200, headersOf(file, start));
  const cut = file.cuts?.shift();
  if (cut === undefined || cut >= rest.length) return void response.end(rest);
  response.write(rest.subarray(0, cut));
  return { at: start + cut, off: () => response.socket!.destroy() };
}

function headersOf({ content, etag, lastModified, chunked }: ServedFile, start: number) {
  const { length } = content;
  return {
    ...(etag === undefined ? {} : { etag }),
    ...(lastModified === undefined ? {} : { 'last-modified': lastModified }),
    ...(start > 0 ? { 'content-range': `bytes ${start}-${length - 1}/${length}` } : {}),
    ...(chunked ? {} : { 'content-length': length - start }),
  };
}

/** Where the answer begins: `If-Range` must name the file as it is now. */
function rangeStart(file: ServedFile, { headers }: IncomingMessage): number {
  const asked = /^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1];
  const condition = headers['if-range'];
  const isSame =
    condition === undefined || [file.etag, file.lastModified].includes(condition as string);
  return asked !== undefined && isSame && !file.withoutRanges ? Number(asked) : 0;
}
