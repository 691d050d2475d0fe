import { blobDataset, blobNetwork, createReferenceEngine } from '@pare/core/testing';
import { lcMethod } from '../lc-method.ts';
import { lcOptions } from '../options.ts';
import type { ExperimentParts } from '@pare/core';
import type { z } from 'zod';

/** What a run of the method is made from in tests. */
export type LcInput = z.input<typeof lcOptions>;

/** Three steps of two epochs on made-up images of three classes, on the reference engine, after a short pretraining. */
export function blobRun(changes: Partial<LcInput> = {}, network = blobNetwork()): ExperimentParts {
  const method: LcInput = {
    tasks: ['all: prune(keep=25%)'],
    mu: [0.01, 0.05, 0.2],
    epochs: 2,
    firstEpochs: 1,
    batchSize: 16,
    learningRate: 0.1,
    workers: 0,
    pretrain: { epochs: 3 },
    ...changes,
  };
  return {
    network,
    dataset: blobDataset(),
    method: lcMethod(lcOptions.parse(method)),
    engine: createReferenceEngine(),
    seed: 3,
    // Time stands still, so that runs can be compared as a whole.
    clock: { now: () => 0, monotonic: () => 0 },
    config: { method: { name: 'lc', ...method } },
  };
}

/** One run for each kind of compressed form. */
export const allForms: readonly (readonly [string, Partial<LcInput>])[] = [
  ['pruned', {}],
  ['pruned by an l1 penalty', { tasks: ['all: prune(norm=l1, penalty=1e-3)'] }],
  ['quantized', { tasks: ['each all: quantize(k=2)'] }],
  ['of one codebook', { tasks: ['all: quantize(k=4)'] }],
  ['binarized', { tasks: ['each all: binarize(scale)'] }],
  ['ternarized', { tasks: ['each all: ternarize(scale)'] }],
  ['of low rank', { tasks: ['fc1: low-rank(rank=1)', 'conv1: low-rank(rank=1, scheme=1)'] }],
  ['of learned rank', { tasks: ['each all: low-rank(auto, cost=flops, alpha=1e-5)'] }],
  ['a sum', { tasks: ['all: prune(keep=5%) + quantize(k=2)'] }],
  ['mixed', { tasks: ['conv1: prune(keep=50%)', 'fc1: low-rank(rank=1)', 'fc2: binarize(scale)'] }],
];
