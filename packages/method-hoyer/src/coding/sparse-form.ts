/** A matrix by its non-zero elements: row by row (csr), or column by column (csc). */
export interface SparseForm {
  readonly form: 'csr' | 'csc';
  readonly shape: readonly [rows: number, columns: number];
  readonly data: Float32Array;
  /** Column (csr) or row (csc) of each element. */
  readonly indices: Int32Array;
  /** Number of elements in each row (csr) or column (csc): the differences of `indptr`. */
  readonly counts: Int32Array;
}

/** The sparse form of a row-major matrix: csr where it has fewer rows than columns, else csc. */
export function toSparse(
  values: ArrayLike<number>,
  [rows, columns]: readonly [number, number],
): SparseForm {
  const form = rows < columns ? 'csr' : 'csc';
  const [outer, inner] = form === 'csr' ? [rows, columns] : [columns, rows];
  const data: number[] = [];
  const indices: number[] = [];
  const counts = new Int32Array(outer);
  for (let i = 0; i < outer; i++) {
    for (let j = 0; j < inner; j++) {
      const value = values[form === 'csr' ? i * columns + j : j * columns + i]!;
      if (value === 0) continue;
      data.push(value);
      indices.push(j);
      counts[i]!++;
    }
  }
  return {
    form,
    shape: [rows, columns],
    data: Float32Array.from(data),
    indices: Int32Array.from(indices),
    counts,
  };
}

/** The row-major matrix behind a sparse form. */
export function fromSparse({ form, shape, data, indices, counts }: SparseForm): Float32Array {
  const [rows, columns] = shape;
  const values = new Float32Array(rows * columns);
  let k = 0;
  counts.forEach((count, i) => {
    for (let n = 0; n < count; n++, k++) {
      const j = indices[k]!;
      values[form === 'csr' ? i * columns + j : j * columns + i] = data[k]!;
    }
  });
  return values;
}
