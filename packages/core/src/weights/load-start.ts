import { PareError } from '../errors/pare-error.ts';
import { findStart } from './find-start.ts';
import { fitWeights } from './fit-weights.ts';
import { readModelWeights } from './read-model-weights.ts';
import { readWeightsFile } from './read-weights-file.ts';
import type { Network } from '@pare/graph';
import type { StartReference } from '../config/start-reference.ts';
import type { Tensors } from '../contracts/tensor.ts';
import type { WeightsFile } from './weights-file.ts';

/** First weights of a network, and where they come from. */
export interface Start {
  /** With the SHA-256 of the file with the weights. */
  readonly reference: StartReference & { readonly sha256: string };
  /** One for each parameter of the network. */
  readonly weights: Tensors;
  /** What a person should know, a line each; the first says what was read. */
  readonly notices: readonly string[];
}

/**
 * Weights for a network from a run folder, a model folder or a `.safetensors` file with names and layout of PyTorch or
 * Pare. Throws START_NOT_FOUND, START_FORMAT, START_LAYOUT, START_CHANGED, START_MISMATCH, RUN_NOT_FINISHED, BAD_SAFETENSORS
 * and what `loadArtifact` throws.
 */
export async function loadStart(network: Network, reference: StartReference): Promise<Start> {
  const place = await findStart(reference.path);
  const found =
    place.kind === 'model'
      ? await readModelWeights(place.path, network)
      : await readWeightsFile(place.path, network, reference.layout);
  checkDigest(found, reference.sha256);
  const weights = fitWeights(network, found);
  const order = found.layout === 'torch' ? " in PyTorch's layout" : '';
  const first = `starts from ${reference.path}: ${weights.size} tensors${order}, SHA-256 ${found.sha256}`;
  const notices = [first, ...found.notices, ...convertedNotice(found)];
  return { reference: { ...reference, sha256: found.sha256 }, weights, notices };
}

function checkDigest({ file, sha256 }: WeightsFile, expected: string | undefined): void {
  if (expected === undefined || expected === sha256) return;
  throw new PareError(
    'START_CHANGED',
    `start: ${file} has the SHA-256 ${sha256}; the configuration expects ${expected}. Give the file that was meant, or leave "sha256" out to take this one.`,
  );
}

function convertedNotice({ tensors }: WeightsFile): string[] {
  const types = [...tensors.values()].map(({ dtype }) => dtype);
  const other = types.filter((type) => ['F16', 'BF16', 'F64'].includes(type));
  if (other.length === 0) return [];
  const names = [...new Set(other)].join(', ');
  return [
    `start: ${other.length} of ${types.length} tensors are converted from ${names} to float32.`,
  ];
}
