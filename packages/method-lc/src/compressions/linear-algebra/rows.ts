/** Rows of numbers in an array: number k of row i is `data[start + i * stride + k * step]`. */
export interface Rows {
  readonly data: Float32Array | Float64Array;
  readonly start: number;
  readonly count: number;
  readonly length: number;
  readonly stride: number;
  readonly step: number;
}

/** Rows of a matrix that is given row by row; `length` is the number of its columns. */
export const rowsOf = (data: Float32Array | Float64Array, length: number): Rows => ({
  data,
  start: 0,
  count: length === 0 ? 0 : data.length / length,
  length,
  stride: length,
  step: 1,
});

/** Columns of a matrix that is given row by row; `count` is their number. */
export const columnsOf = (data: Float32Array | Float64Array, count: number): Rows => ({
  data,
  start: 0,
  count,
  length: count === 0 ? 0 : data.length / count,
  stride: 1,
  step: count,
});

/** Some of the rows, from `from` up to `to` or the last one. */
export const someRows = (rows: Rows, from: number, to: number): Rows => ({
  ...rows,
  start: rows.start + from * rows.stride,
  count: Math.min(to, rows.count) - from,
});
