import { PareError } from '@pare/core';
import { tridiagonalize } from './tridiagonal.ts';

const { abs, max, sqrt } = Math;

/** More for one eigenvalue have not been seen; two are usual. */
const maxIterations = 60;

/** Eigenvalues and eigenvectors of a symmetric matrix, in no order. */
export interface SymmetricEigen {
  readonly values: Float64Array;
  /** Row i is the eigenvector of value i; orthonormal. Ten times the work of the values; done once, when first asked for. */
  readonly vectors: () => Float64Array;
}

/**
 * Eigenvectors of a symmetric n x n matrix by reduction to tridiagonal form and implicit QL steps (Golub and Van Loan,
 * "Matrix Computations", section 8.3). Errors of the values are a few rounding errors of the largest one. `a` holds the
 * matrix row by row and is overwritten; it is needed until the vectors are found.
 */
export function symmetricEigen(a: Float64Array, n: number): SymmetricEigen {
  const { diagonal, off, basis } = tridiagonalize(a, n);
  const values = diagonal.slice();
  diagonalize(values, off.slice(), new Float64Array());
  let found: Float64Array | undefined;
  const find = () => {
    const vectors = basis();
    // The same steps once more, on to the vectors.
    diagonalize(diagonal, off, vectors);
    return vectors;
  };
  return { values, vectors: () => (found ??= find()) };
}

/** Turns a tridiagonal matrix to its eigenvalues, and the rows of `basis`, which may be empty, with it. */
function diagonalize(diagonal: Float64Array, off: Float64Array, basis: Float64Array): void {
  const n = diagonal.length;
  let largest = 0;
  for (let i = 0; i < n; i++) largest = max(largest, abs(diagonal[i]!) + abs(off[i]!));
  const negligible = Number.EPSILON * largest;
  for (let first = 0; first < n; first++) {
    for (let iteration = 0; ; iteration++) {
      let last = first;
      while (last < n - 1 && abs(off[last]!) > negligible) last++;
      if (last === first) break;
      if (iteration === maxIterations) throw notConverging(n);
      qlStep(diagonal, off, basis, first, last);
    }
  }
}

/** One implicit QL step with Wilkinson's shift on the rows and columns from `first` to `last`. */
function qlStep(
  diagonal: Float64Array,
  off: Float64Array,
  basis: Float64Array,
  first: number,
  last: number,
): void {
  const length = basis.length / diagonal.length;
  let [sine, cosine, moved] = [1, 1, 0];
  let bulge = diagonal[last]! - wilkinsonShift(diagonal, off, first);
  for (let i = last - 1; i >= first; i--) {
    const f = sine * off[i]!;
    const b = cosine * off[i]!;
    const radius = sqrt(f * f + bulge * bulge);
    off[i + 1] = radius;
    if (radius === 0) {
      // The block falls apart here.
      diagonal[i + 1]! -= moved;
      off[last] = 0;
      return;
    }
    sine = f / radius;
    cosine = bulge / radius;
    const before = diagonal[i + 1]! - moved;
    const turned = (diagonal[i]! - before) * sine + 2 * cosine * b;
    moved = sine * turned;
    diagonal[i + 1] = before + moved;
    bulge = cosine * turned - b;
    rotateRows(basis, i * length, length, sine, cosine);
  }
  diagonal[first]! -= moved;
  off[first] = bulge;
  off[last] = 0;
}

function wilkinsonShift(diagonal: Float64Array, off: Float64Array, first: number): number {
  const edge = off[first]!;
  const half = (diagonal[first + 1]! - diagonal[first]!) / (2 * edge);
  const radius = sqrt(half * half + 1);
  return diagonal[first]! - edge / (half + (half < 0 ? -radius : radius));
}

/** Rotates the row at `at` and the one below it. */
function rotateRows(
  rows: Float64Array,
  at: number,
  length: number,
  sine: number,
  cosine: number,
): void {
  const end = at + length;
  for (let k = at; k < end; k++) {
    const upper = rows[k]!;
    const lower = rows[k + length]!;
    rows[k + length] = sine * upper + cosine * lower;
    rows[k] = cosine * upper - sine * lower;
  }
}

function notConverging(n: number): PareError {
  return new PareError(
    'NOT_CONVERGING',
    `The eigenvalues of a ${n} x ${n} matrix were not found in ${maxIterations} steps each. Its numbers may be too large; check the weights.`,
  );
}
