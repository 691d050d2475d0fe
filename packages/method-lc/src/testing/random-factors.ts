import { torchShape } from '@pare/core';
import { matrixShape } from '../compressions/low-rank/weight-matrix.ts';
import { oracleNumbers } from './oracle-numbers.ts';
import type { Parameter } from '@pare/graph';
import type { FactoredWeights } from '../compressions/compressed-weights.ts';
import type { ConvScheme } from '../compressions/low-rank/weight-matrix.ts';

/** Sizes of a kernel as a product, without its numbers: for what only counts or builds. */
export function factorShape(
  kernel: Parameter,
  rank: number,
  scheme: ConvScheme = 'scheme-1',
): FactoredWeights {
  const shape = torchShape(kernel);
  return {
    kind: 'factors',
    shape,
    scheme: shape.length === 4 ? scheme : undefined,
    matrix: matrixShape('test', shape, scheme),
    rank,
    u: new Float32Array(0),
    v: new Float32Array(0),
    singularValues: new Float64Array(0),
  };
}

/** A kernel as a product of random matrices, about as large as a kernel's first values. */
export function randomFactors(
  kernel: Parameter,
  rank: number,
  scheme?: ConvScheme,
  seed = 1,
): FactoredWeights {
  const theta = factorShape(kernel, rank, scheme);
  const [rows, columns] = theta.matrix;
  const scale = (2 / rank / columns) ** 0.25;
  const numbers = (of: number, count: number) => oracleNumbers(of, count).map((x) => x * scale);
  return { ...theta, u: numbers(seed, rows * rank), v: numbers(seed + 1, rank * columns) };
}

/** A quarter of the largest rank that is worth two layers, at least 1. */
export function lowRankOf(kernel: Parameter, scheme?: ConvScheme): number {
  const [rows, columns] = factorShape(kernel, 1, scheme).matrix;
  return Math.max(1, Math.floor((rows * columns) / (rows + columns) / 4));
}
