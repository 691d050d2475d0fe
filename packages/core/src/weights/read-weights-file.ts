import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { PareError } from '../errors/pare-error.ts';
import { decodeSafetensors } from '../artifact/safetensors.ts';
import { chooseLayout, isBatchCounter } from './choose-layout.ts';
import type { Network } from '@pare/graph';
import type { WeightLayout, WeightsFile } from './weights-file.ts';

/** SHA-256 of bytes in hexadecimal digits. */
export const sha256Of = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex');

/** Bytes of a file that `start` names. Throws START_NOT_FOUND. */
export function readStart(file: string): Promise<Buffer> {
  return readFile(file).catch((cause: unknown) => {
    throw new PareError(
      'START_NOT_FOUND',
      `start: ${file} cannot be read: ${(cause as Error).message}.`,
      { cause },
    );
  });
}

/** Reads weights from a `.safetensors` file on its own. Throws BAD_SAFETENSORS, START_LAYOUT or START_NOT_FOUND. */
export async function readWeightsFile(
  file: string,
  network: Network,
  told?: WeightLayout,
): Promise<WeightsFile> {
  const bytes = await readStart(file);
  const content = decodeSafetensors(bytes, file);
  const { layout, notice } = told ? { layout: told } : chooseLayout(network, content, file);
  const own = new Set(network.parameters.map(({ name }) => name));
  const counters = [...content.tensors.keys()].filter(
    (name) => layout === 'torch' && !own.has(name) && isBatchCounter(name),
  );
  const tensors = new Map(content.tensors);
  for (const name of counters) tensors.delete(name);
  const notices = notice === undefined ? [] : [notice];
  if (counters.length > 0) {
    notices.push(
      `start: "num_batches_tracked" is left out (${counters.length} of ${content.tensors.size} tensors); nothing here reads it.`,
    );
  }
  return { file, sha256: sha256Of(bytes), tensors, layout, notices };
}
