import { createHash } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { createGzip } from 'node:zlib';
import { networkToJson } from '@pare/graph';
import { syncFolder, writeAtomically, writeError } from '../run/write-atomically.ts';
import { artifactFormat, artifactVersion, modelFile, weightsFile } from './artifact.ts';
import { packWeights } from './packed-weights.ts';
import type { Artifact, ArtifactJson, ArtifactSizes } from './artifact.ts';

/**
 * Writes an artifact folder (`model.json`, `weights.safetensors`), replacing an older one only when the new one is whole.
 * Gives the sizes really stored.
 */
export async function saveArtifact(folder: string, artifact: Artifact): Promise<ArtifactSizes> {
  const { network, weights, ...facts } = artifact;
  const { chunks, tensors, denseBytes, storedBytes } = packWeights(weights);
  const sizes = { denseBytes, storedBytes, gzipBytes: await gzipSize(chunks) };
  const hash = createHash('sha256');
  for (const chunk of chunks) hash.update(chunk);
  const json: ArtifactJson = {
    format: artifactFormat,
    version: artifactVersion,
    ...facts,
    network: networkToJson(network),
    weights: { file: weightsFile, sha256: hash.digest('hex'), tensors },
    sizes,
  };
  await replaceFolder(resolve(folder), async (temporary) => {
    await writeAtomically(join(temporary, weightsFile), chunks);
    await writeAtomically(join(temporary, modelFile), [JSON.stringify(json)]);
  });
  return sizes;
}

/** Bytes of the chunks after gzip at its usual level. */
export async function gzipSize(chunks: Iterable<Uint8Array>): Promise<number> {
  const gzip = createGzip();
  let size = 0;
  gzip.on('data', (data: Buffer) => (size += data.length));
  const done = new Promise<void>((settle, fail) => gzip.on('end', settle).on('error', fail));
  for (const chunk of chunks) gzip.write(chunk);
  gzip.end();
  await done;
  return size;
}

async function replaceFolder(
  folder: string,
  fill: (temporary: string) => Promise<void>,
): Promise<void> {
  const name = (kind: string) =>
    join(dirname(folder), `.${basename(folder)}.${process.pid}.${kind}`);
  const [temporary, old] = [name('tmp'), name('old')];
  try {
    await mkdir(temporary, { recursive: true });
    await fill(temporary);
    await rename(folder, old).catch(ignoreMissing);
    await rename(temporary, folder);
    await syncFolder(dirname(folder));
  } catch (error) {
    throw writeError(folder, error);
  } finally {
    await rm(temporary, { recursive: true, force: true });
    await rm(old, { recursive: true, force: true });
  }
}

function ignoreMissing(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
}
