import { gramMatrix, multiplyTransposed } from './multiply-transposed.ts';
import { columnsOf, rowsOf } from './rows.ts';
import { symmetricEigen } from './symmetric-eigen.ts';
import type { Rows } from './rows.ts';
import type { SymmetricEigen } from './symmetric-eigen.ts';

/** Singular values of an m x n matrix A with k = min(m, n), and the terms of its sum when they are wanted. */
export interface SingularValues {
  /** k values, descending. */
  readonly values: Float64Array;
  /** The `count` largest terms, 0 to k; together they are the nearest matrix of that rank. Reads the matrix once more. */
  readonly terms: (count: number) => SingularTerms;
}

/** Terms of A = Σ values[i] · left[i] · right[i]ᵀ, the largest first. */
export interface SingularTerms {
  readonly values: Float64Array;
  /** A row of m numbers for each term. */
  readonly left: Float64Array;
  /** A row of n numbers for each term. */
  readonly right: Float64Array;
}

/** Decomposes a matrix of m rows and n columns, given row by row. */
export type Svd = (a: Float32Array, m: number, n: number) => SingularValues;

/**
 * Share of the largest value below which squaring blurs a value: an error of 1e-15 · s₁² in its square. Then the length of
 * A·v, v the eigenvector, is far more exact.
 */
const blurred = 1e-4;

/**
 * Singular value decomposition in float64 from the eigenvectors of A·Aᵀ or Aᵀ·A, whichever is smaller. Vectors are only found
 * for the terms that are asked for.
 *
 * The sum of the terms is exact to rounding errors of the largest value s₁, and values above 1e-6 · s₁ are so to 1e-13 · s₁
 * (measured against LAPACK). Squaring mixes those below with one another, by 4e-9 · s₁ at most (weights of float32 are known
 * to 6e-8 of themselves), and their vectors on the longer side need not be orthogonal.
 */
export const svd: Svd = (a, m, n) => {
  const matrix: Matrix = { a, m, n, short: Math.min(m, n), long: Math.max(m, n) };
  const eigen = symmetricEigen(gramMatrix(byShortSide(matrix)), matrix.short);
  const { values, order } = sorted(matrix, eigen);
  return { values, terms: (count) => termsOf(matrix, eigen, order.slice(0, count)) };
};

interface Matrix {
  readonly a: Float32Array;
  readonly m: number;
  readonly n: number;
  readonly short: number;
  readonly long: number;
}

/** Singular values, and to each the place of its eigenvalue. */
function sorted(
  matrix: Matrix,
  eigen: SymmetricEigen,
): { values: Float64Array; order: readonly number[] } {
  const lengths = eigen.values.map((value) => Math.sqrt(Math.max(value, 0)));
  const largest = lengths.reduce((most, length) => Math.max(most, length), 0);
  const small = Array.from(lengths.keys()).filter((i) => lengths[i]! < blurred * largest);
  if (small.length > 0) {
    const exact = termsOf(matrix, eigen, small).values;
    small.forEach((place, i) => (lengths[place] = exact[i]!));
  }
  const order = Array.from(lengths.keys()).sort((i, j) => lengths[j]! - lengths[i]!);
  return { values: Float64Array.from(order, (i) => lengths[i]!), order };
}

/** The terms of the eigenvectors at given places. Their values are the lengths of A·v. */
function termsOf(matrix: Matrix, eigen: SymmetricEigen, places: readonly number[]): SingularTerms {
  const { m, n, short, long } = matrix;
  const near = new Float64Array(places.length * short);
  if (places.length === 0) return { values: new Float64Array(), left: near, right: near };
  const vectors = eigen.vectors();
  places.forEach((place, i) =>
    near.set(vectors.subarray(place * short, (place + 1) * short), i * short),
  );
  const far = multiplyTransposed(rowsOf(near, short), byLongSide(matrix));
  const values = Float64Array.from(places, (_, i) =>
    normalize(far.subarray(i * long, (i + 1) * long)),
  );
  return m > n ? { values, left: far, right: near } : { values, left: near, right: far };
}

/** Rows or columns of the matrix, whichever are fewer. */
const byShortSide = ({ a, m, n }: Matrix): Rows => (m > n ? columnsOf(a, n) : rowsOf(a, n));

/** Rows or columns of the matrix, whichever are more. */
const byLongSide = ({ a, m, n }: Matrix): Rows => (m > n ? rowsOf(a, n) : columnsOf(a, n));

/** Makes a row as long as 1, unless it is 0; gives its length before. */
function normalize(row: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < row.length; k++) sum += row[k]! * row[k]!;
  const length = Math.sqrt(sum);
  if (length > 0) for (let k = 0; k < row.length; k++) row[k] = row[k]! / length;
  return length;
}
