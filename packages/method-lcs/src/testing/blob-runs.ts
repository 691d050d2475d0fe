import { blobDataset, createReferenceEngine } from '@pare/core/testing';
import { lcsMethod } from '../lcs-method.ts';
import { lcsOptions } from '../options.ts';
import { blobResidual } from './blob-residual.ts';
import type { ExperimentParts } from '@pare/core';
import type { BlobResidualNorm } from './blob-residual.ts';

/** Every variant of every setting, with a norm that the authors use for it. */
export const allVariants: readonly (readonly [
  setting: string,
  variant: string,
  norm: BlobResidualNorm,
])[] = [
  ['structured', 'lcs-l', 'instance'],
  ['structured', 'lcs-p', 'instance'],
  ['structured', 'us', 'batch'],
  ['structured', 'ns', 'batch'],
  ['structured', 'lec', 'batch'],
  ['unstructured', 'lcs-l', 'group'],
  ['unstructured', 'lcs-p', 'group'],
  ['unstructured', 'target-topk', 'batch'],
  ['quantized', 'lcs-l', 'group'],
  ['quantized', 'lcs-p', 'group'],
  ['quantized', 'target-bit-width', 'batch'],
];

/** Twelve steps on made-up images of three classes, on the reference engine; compression sets in after six. */
export function blobRun(setting: string, variant: string, norm: BlobResidualNorm): ExperimentParts {
  const options = { setting, variant, epochs: 4, batchSize: 16, learningRateWarmUp: 1 };
  const method = { ...options, warmUpBudget: 50 };
  return {
    network: blobResidual(norm),
    dataset: blobDataset(),
    method: lcsMethod(lcsOptions.parse(method)),
    engine: createReferenceEngine(),
    seed: 3,
    // Time stands still, so that runs can be compared as a whole.
    clock: { now: () => 0, monotonic: () => 0 },
    config: { method: { name: 'lcs', ...method } },
  };
}
