import { gramMatrix, multiplyTransposed } from './multiply-transposed.ts';
import { symmetricEigen } from './symmetric-eigen.ts';

/** Thin singular value decomposition of an m x n matrix A, k = min(m, n): A = Σ values[i] · left[i] · right[i]ᵀ. */
export interface SingularValues {
  /** k values, descending. */
  readonly values: Float64Array;
  /** k rows of m numbers. */
  readonly left: Float64Array;
  /** k rows of n numbers. */
  readonly right: Float64Array;
}

/** Decomposes a matrix of m rows and n columns, given row by row. */
export type Svd = (a: Float32Array, m: number, n: number) => SingularValues;

/**
 * Singular value decomposition in float64 from the eigenvectors of A·Aᵀ or Aᵀ·A, whichever is smaller.
 *
 * The sum of the products is exact to rounding errors of the largest value s₁, and so are values above 1e-6 · s₁ (measured
 * against LAPACK: 1e-14 · s₁). Squaring mixes those below with one another, by 4e-9 · s₁ at most (weights of float32 are known
 * to 6e-8 of themselves), and their vectors on the longer side need not be orthogonal.
 */
export const svd: Svd = (a, m, n) => {
  const tall = m > n;
  const [short, long] = tall ? [n, m] : [m, n];
  const asIs = Float64Array.from(a);
  const turned = transposed(a, m, n);
  // B is A or Aᵀ, with rows on its shorter side.
  const [b, bTransposed] = tall ? [turned, asIs] : [asIs, turned];
  const { vectors } = symmetricEigen(gramMatrix(b, long), short);
  const images = multiplyTransposed(vectors, bTransposed, short);
  // The lengths of the images are far more exact than the roots of small eigenvalues.
  const lengths = Float64Array.from({ length: short }, (_, i) => norm(images, i, long));
  const order = Array.from(lengths.keys()).sort((i, j) => lengths[j]! - lengths[i]!);
  const near = takeRows(vectors, short, order, () => 1);
  const far = takeRows(images, long, order, (i) => (lengths[i]! > 0 ? 1 / lengths[i]! : 0));
  const values = Float64Array.from(order, (i) => lengths[i]!);
  return tall ? { values, left: far, right: near } : { values, left: near, right: far };
};

function transposed(a: ArrayLike<number>, m: number, n: number): Float64Array {
  const result = new Float64Array(m * n);
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) result[j * m + i] = a[i * n + j]!;
  return result;
}

function norm(rows: Float64Array, row: number, length: number): number {
  let sum = 0;
  for (let k = row * length; k < (row + 1) * length; k++) sum += rows[k]! * rows[k]!;
  return Math.sqrt(sum);
}

/** Rows in a given order, each times a factor. */
function takeRows(
  rows: Float64Array,
  length: number,
  order: readonly number[],
  factorOf: (row: number) => number,
): Float64Array {
  const result = new Float64Array(order.length * length);
  order.forEach((row, at) => {
    const factor = factorOf(row);
    for (let k = 0; k < length; k++) result[at * length + k] = rows[row * length + k]! * factor;
  });
  return result;
}
