import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** Digests that publishers give. */
export type DigestName = 'md5' | 'sha256';

/** Called with the bytes read so far. */
export type OnBytes = (done: number) => void;

/** Digests of a file in lower-case hex, in one pass; the file is never in memory as a whole. */
export async function fileDigests(
  path: string,
  names: readonly DigestName[],
  { signal, onBytes }: { readonly signal?: AbortSignal; readonly onBytes?: OnBytes } = {},
): Promise<string[]> {
  const hashes = names.map((name) => createHash(name));
  let done = 0;
  const stream = createReadStream(path, { signal, highWaterMark: 1 << 20 });
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    for (const hash of hashes) hash.update(chunk);
    done += chunk.length;
    onBytes?.(done);
  }
  return hashes.map((hash) => hash.digest('hex'));
}
