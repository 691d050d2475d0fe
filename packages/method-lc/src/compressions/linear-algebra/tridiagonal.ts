const { sqrt } = Math;

/** A symmetric matrix as Q·T·Qᵀ with T tridiagonal. */
export interface Tridiagonal {
  readonly diagonal: Float64Array;
  /** Entry i stands between i and i + 1; the last one is 0. */
  readonly off: Float64Array;
  /** Qᵀ: row i is column i of Q, in a new array. A third of all the work, and not done before. */
  readonly basis: () => Float64Array;
}

/**
 * Householder's reduction of a symmetric n x n matrix (Golub and Van Loan, "Matrix Computations", section 8.3.1), from the
 * last row up. `a` holds the matrix row by row and is overwritten, with what `basis` reads. All loops run along rows of the lower triangle.
 */
export function tridiagonalize(a: Float64Array, n: number): Tridiagonal {
  const off = new Float64Array(n);
  const halves = new Float64Array(n);
  const p = new Float64Array(n);
  for (let k = n - 1; k > 0; k--) {
    const u = a.subarray(k * n, k * n + k);
    [off[k], halves[k]] = makeReflector(u);
    if (halves[k]! > 0) reflectBothSides(a, n, u, halves[k]!, p);
  }
  const diagonal = Float64Array.from({ length: n }, (_, i) => a[i * n + i]!);
  off.copyWithin(0, 1);
  off[n - 1] = 0;
  return { diagonal, off, basis: () => basisOf(a, n, halves) };
}

/**
 * Makes u of x, so that I - u·uᵀ/h turns x to (0, ..., 0, edge). Gives edge and h = uᵀu / 2; h is 0 where x is such a vector
 * already.
 */
function makeReflector(x: Float64Array): [edge: number, half: number] {
  const last = x.length - 1;
  let rest = 0;
  for (let i = 0; i < last; i++) rest += x[i]! * x[i]!;
  const end = x[last]!;
  if (rest === 0) return [end, 0];
  const norm = sqrt(rest + end * end);
  const edge = end > 0 ? -norm : norm;
  x[last] = end - edge;
  return [edge, (rest + x[last] * x[last]) / 2];
}

/** A := P·A·P on the leading part of A, with P = I - u·uᵀ/h; only the lower triangle is read and written. */
function reflectBothSides(
  a: Float64Array,
  n: number,
  u: Float64Array,
  half: number,
  p: Float64Array,
): void {
  const size = u.length;
  multiplySymmetric(a, n, u, p);
  let dot = 0;
  for (let i = 0; i < size; i++) dot += u[i]! * p[i]!;
  const shift = dot / (2 * half);
  for (let i = 0; i < size; i++) p[i] = (p[i]! - shift * u[i]!) / half;
  for (let i = 0; i < size; i++) {
    const [ui, pi, row] = [u[i]!, p[i]!, i * n];
    for (let j = 0; j <= i; j++) a[row + j]! -= ui * p[j]! + pi * u[j]!;
  }
}

/** p := A·u from the lower triangle of the leading part of A. */
function multiplySymmetric(a: Float64Array, n: number, u: Float64Array, p: Float64Array): void {
  p.fill(0, 0, u.length);
  for (let i = 0; i < u.length; i++) {
    const [ui, row] = [u[i]!, i * n];
    let sum = 0;
    for (let j = 0; j < i; j++) {
      const entry = a[row + j]!;
      sum += entry * u[j]!;
      p[j]! += entry * ui;
    }
    p[i] = sum + a[row + i]! * ui;
  }
}

/** Product of all reflections, transposed. */
function basisOf(a: Float64Array, n: number, halves: Float64Array): Float64Array {
  const basis = new Float64Array(n * n);
  for (let i = 0; i < n; i++) basis[i * n + i] = 1;
  for (let k = 1; k < n; k++) {
    const half = halves[k]!;
    if (half === 0) continue;
    const u = k * n;
    for (let row = 0; row < k * n; row += n) {
      let dot = 0;
      for (let j = 0; j < k; j++) dot += basis[row + j]! * a[u + j]!;
      const factor = dot / half;
      for (let j = 0; j < k; j++) basis[row + j]! -= factor * a[u + j]!;
    }
  }
  return basis;
}
