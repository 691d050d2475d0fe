import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { PareError } from '@pare/core';
import { fashionMnistChecksums } from './fashion-mnist.ts';
import { sha256, verifyChecksum } from './idx/checksum.ts';
import { idxFileNames } from './idx/load-idx-images.ts';
import { gunzipped } from './idx/read-data-file.ts';
import type { IdxChecksums, IdxFile } from './idx/load-idx-images.ts';

/** What is downloaded, and where it goes. */
export interface FetchOptions {
  /** Folder for the files; made if it is missing. */
  readonly directory: string;
  /** Folder of the files on the network; default: the repository of the authors. */
  readonly url?: string;
  /** Content that is expected; default: that of Fashion-MNIST. */
  readonly checksums?: IdxChecksums;
  /** Told about each file. */
  readonly log?: (line: string) => void;
}

const authors =
  'https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion';

/**
 * Downloads the four files of Fashion-MNIST (31 MB), checks them, and returns the directory. Files that are there and
 * right are kept. Nothing else in this package uses the network. Throws DOWNLOAD_FAILED, DATASET_CHECKSUM.
 */
export async function fetchFashionMnist(options: FetchOptions): Promise<string> {
  const { url = authors, checksums = fashionMnistChecksums, log = () => {} } = options;
  const directory = resolve(options.directory);
  await mkdir(directory, { recursive: true });
  for (const file of Object.keys(checksums) as IdxFile[]) {
    const name = idxFileNames(file).find((candidate) => candidate.endsWith('ubyte.gz'))!;
    const path = join(directory, name);
    if (await isRight(path, checksums[file])) {
      log(`${name}: is there already`);
      continue;
    }
    const from = `${url}/${name}`;
    const bytes = await download(from);
    verifyChecksum(
      from,
      sha256(await gunzipped(from, bytes)),
      checksums[file],
      'Try again later; the file on the network may have changed.',
    );
    // A file under its final name is whole, whenever the process ends.
    await writeFile(`${path}.part`, bytes);
    await rename(`${path}.part`, path);
    log(`${name}: downloaded, ${bytes.length} bytes`);
  }
  return directory;
}

async function isRight(path: string, checksum: string): Promise<boolean> {
  try {
    return sha256(await gunzipped(path, await readFile(path))) === checksum;
  } catch {
    return false;
  }
}

async function download(url: string): Promise<Uint8Array> {
  const failed = (reason: string, cause?: unknown) =>
    new PareError(
      'DOWNLOAD_FAILED',
      `${url}: cannot be downloaded: ${reason}. Check the network connection, or get the files in another way and set "directory".`,
      { cause },
    );
  let response;
  try {
    response = await fetch(url);
    if (response.ok) return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    throw failed(reasonOf(error as Error), error);
  }
  throw failed(`the server answered ${response.status} ${response.statusText}`);
}

/** What went wrong on the network; `fetch` itself only says "fetch failed". */
function reasonOf(error: Error): string {
  const { code, message } = (error.cause ?? error) as NodeJS.ErrnoException;
  return code && !message.includes(code) ? `${message} (${code})` : message || error.message;
}
