import { matrixShape } from '../compressions/low-rank/weight-matrix.ts';
import { sizeOfShape } from '../compressions/input-weights.ts';
import type { PartReference } from '@pare/core';
import type { ConvScheme } from '../compressions/low-rank/weight-matrix.ts';
import type { CompressionJob } from './compression-job.ts';

/** Milliseconds for a million weights, measured on one core of an AMD EPYC; kinds that are not named take `others`. */
const perMillion: Readonly<Record<string, number>> = {
  'adaptive-quantization': 200,
  'scaled-ternary': 45,
  'l0-constraint': 35,
  'l1-constraint': 60,
};
const others = 15;

/** Milliseconds for a million multiply-adds of a singular value decomposition. */
const perMillionOfRanks = 0.3;

const defaultRepetitions = 10;

/** How long a step takes, within a factor of three or so: enough to order steps, and to tell small ones from large ones. */
export function estimateMilliseconds({ parts, options, shape }: CompressionJob): number {
  const rounds = parts.length > 1 ? (options.repetitions ?? defaultRepetitions) : 1;
  return rounds * parts.reduce((sum, part) => sum + millisecondsOf(part, shape), 0);
}

function millisecondsOf({ name, ...options }: PartReference, shape: readonly number[]): number {
  if (name === 'low-rank' || name === 'rank-selection') {
    const scheme = (options as { convScheme?: ConvScheme }).convScheme;
    return (perMillionOfRanks * multiplyAdds(shape, scheme)) / 1e6;
  }
  return ((perMillion[name] ?? others) * sizeOfShape(shape)) / 1e6;
}

/** Products of rows with rows, and three times the cube of their number for the eigenvectors. 0 for what is no matrix. */
function multiplyAdds(shape: readonly number[], scheme: ConvScheme | undefined): number {
  if (shape.length !== 2 && (shape.length !== 4 || scheme === undefined)) return 0;
  const sizes = matrixShape('low rank', shape, scheme);
  const [short, long] = [Math.min(...sizes), Math.max(...sizes)];
  return short * short * (long + 3 * short);
}
