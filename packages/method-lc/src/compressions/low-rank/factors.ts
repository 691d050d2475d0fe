import { multiplyTransposed } from '../linear-algebra/multiply-transposed.ts';
import { columnsOf, rowsOf } from '../linear-algebra/rows.ts';
import { fromMatrix } from './weight-matrix.ts';
import type { FactoredWeights } from '../compressed-weights.ts';
import type { SingularValues } from '../linear-algebra/svd.ts';

/** The first `rank` terms of a decomposition, √s in each factor: U = left·√s, V = √s·right. */
export function balancedFactors(
  decomposed: SingularValues,
  [rows, columns]: readonly [number, number],
  rank: number,
): { u: Float32Array; v: Float32Array } {
  const { values, left, right } = decomposed.terms(rank);
  const u = new Float32Array(rows * rank);
  const v = new Float32Array(rank * columns);
  for (let r = 0; r < rank; r++) {
    const root = Math.sqrt(values[r]!);
    for (let i = 0; i < rows; i++) u[i * rank + r] = left[r * rows + i]! * root;
    for (let j = 0; j < columns; j++) v[r * columns + j] = right[r * columns + j]! * root;
  }
  return { u, v };
}

/** Factors of full rank whose product is exactly the matrix: itself and the identity, on its shorter side. */
export function identityFactors(
  matrix: Float32Array,
  [rows, columns]: readonly [number, number],
): { u: Float32Array; v: Float32Array } {
  const rank = Math.min(rows, columns);
  const identity = new Float32Array(rank * rank);
  for (let i = 0; i < rank; i++) identity[i * rank + i] = 1;
  return rows <= columns ? { u: identity, v: matrix.slice() } : { u: matrix.slice(), v: identity };
}

/** U·V in the order of the weights; sums are formed in float64. Factors of full rank are not multiplied with an identity. */
export function expandFactors({
  shape,
  scheme,
  matrix,
  rank,
  u,
  v,
}: FactoredWeights): Float32Array {
  const [rows, columns] = matrix;
  if (rank === 0) return new Float32Array(rows * columns);
  const product =
    (rank === rows && isIdentity(u, rank) && v.slice()) ||
    (rank === columns && isIdentity(v, rank) && u.slice()) ||
    Float32Array.from(multiplyTransposed(rowsOf(u, rank), columnsOf(v, columns)));
  return fromMatrix(product, shape, scheme);
}

const isIdentity = (square: Float32Array, size: number): boolean =>
  square.every((value, at) => value === Number(at % (size + 1) === 0));

/** What low rank and rank selection share; `bits` is the precision of an entry. */
export function factorForm(bits = 32) {
  const entries = ({ u, v }: FactoredWeights) => u.length + v.length;
  return {
    decompress: expandFactors,
    bits: (theta: FactoredWeights) => 32 * entries(theta),
    storedBits: (theta: FactoredWeights) => bits * entries(theta),
    parameters: entries,
    macs: (theta: FactoredWeights, spatial: number) => entries(theta) * spatial,
  };
}
