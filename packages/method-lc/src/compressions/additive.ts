import { PareError, parseOptions } from '@pare/core';
import { z } from 'zod';
import { checkPrevious, inputWeights } from './input-weights.ts';
import type { CompressedWeights, SummedWeights } from './compressed-weights.ts';
import type { Compression, CompressionContext } from './compression.ts';

/** Options of `additive`. */
export const additiveOptions = z.strictObject({
  repetitions: z
    .number()
    .int()
    .min(1)
    .default(10)
    .describe('rounds in which each part is fitted to what the others leave'),
});

const owner = 'compression "additive"';

/** One part of a sum with its present Θ and Δ. */
interface Term {
  readonly compression: Compression;
  theta?: CompressedWeights;
  delta: Float32Array;
}

/**
 * Weights that are a sum of differently compressed ones (arXiv 2107.04380): the parts take turns in fitting what the others
 * leave. The first part sees all weights at first; later steps go on from the parts before. The error never grows with
 * constraints, but the result is a local optimum and its split between the parts is not the only one.
 */
export function additive(
  compressions: readonly Compression[],
  input: z.input<typeof additiveOptions> = {},
): Compression<SummedWeights> {
  if (compressions.length === 0) {
    throw new PareError(
      'NO_COMPRESSION',
      `${owner}: needs at least one compression to add up; received an empty list.`,
    );
  }
  const { repetitions } = parseOptions(additiveOptions, input, { owner });
  const total = (theta: SummedWeights, what: 'bits' | 'storedBits' | 'parameters') =>
    theta.parts.reduce((sum, part, i) => sum + compressions[i]![what](part), 0);
  return {
    name: 'additive',
    compress(v, context) {
      const weights = inputWeights(owner, v, context);
      const terms = firstTerms(compressions, weights.length, context.previous);
      for (let round = 0; round < repetitions; round++) {
        if (!fitInTurn(terms, weights, context)) break;
      }
      return { kind: 'sum', parts: terms.map(({ theta }) => theta!) };
    },
    decompress: ({ parts }) => sumOf(parts.map((part, i) => compressions[i]!.decompress(part))),
    bits: (theta) => total(theta, 'bits'),
    storedBits: (theta) => total(theta, 'storedBits'),
    parameters: (theta) => total(theta, 'parameters'),
  };
}

function firstTerms(
  compressions: readonly Compression[],
  length: number,
  previous: SummedWeights | undefined,
): Term[] {
  if (!previous) {
    return compressions.map((compression) => ({ compression, delta: new Float32Array(length) }));
  }
  if (previous.parts.length !== compressions.length) {
    throw new PareError(
      'STATE_MISMATCH',
      `${owner}: the result of the step before has ${previous.parts.length} parts; expected ${compressions.length}. It belongs to another configuration.`,
    );
  }
  return compressions.map((compression, i) => {
    const theta = previous.parts[i]!;
    const delta = compression.decompress(theta);
    checkPrevious(owner, length, delta.length);
    return { compression, theta, delta };
  });
}

/** One round. False where it has changed nothing, so that no later one would. */
function fitInTurn(
  terms: readonly Term[],
  weights: Float32Array,
  context: CompressionContext<SummedWeights>,
): boolean {
  let changed = false;
  for (const term of terms) {
    const others = terms.filter((other) => other !== term).map(({ delta }) => delta);
    const rest = restOf(weights, others);
    term.theta = term.compression.compress(rest, { ...context, previous: term.theta });
    const delta = term.compression.decompress(term.theta);
    changed ||= delta.some((value, i) => value !== term.delta[i]);
    term.delta = delta;
  }
  return changed;
}

/** The weights less all of the others, summed in float64. */
function restOf(weights: Float32Array, others: readonly Float32Array[]): Float32Array {
  const rest = new Float32Array(weights.length);
  for (let i = 0; i < rest.length; i++) {
    let left = weights[i]!;
    for (let k = 0; k < others.length; k++) left -= others[k]![i]!;
    rest[i] = left;
  }
  return rest;
}

function sumOf(parts: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array(parts[0]!.length);
  for (let i = 0; i < sum.length; i++) {
    let value = 0;
    for (let k = 0; k < parts.length; k++) value += parts[k]![i]!;
    sum[i] = value;
  }
  return sum;
}
