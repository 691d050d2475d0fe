const { min } = Math;

/** Numbers of a row that are multiplied before the next rows are fetched: six rows of them fit the nearest cache. */
const blockLength = 128;

/** Rows of numbers, one after the other, all equally long. */
interface Rows {
  readonly data: Float64Array;
  readonly count: number;
  readonly length: number;
}

/** X·Yᵀ: the dot product of each row of X with each row of Y. `length` is the length of all rows. */
export function multiplyTransposed(x: Float64Array, y: Float64Array, length: number): Float64Array {
  const [left, right] = [rowsOf(x, length), rowsOf(y, length)];
  const product = new Float64Array(left.count * right.count);
  eachBlock(length, (from, to) => {
    for (let i = 0; i < left.count; i += 2) {
      for (let j = 0; j < right.count; j += 4) addTile(left, right, i, j, from, to, product);
    }
  });
  return product;
}

/** X·Xᵀ: the dot products of all pairs of rows; each pair is multiplied once. */
export function gramMatrix(x: Float64Array, length: number): Float64Array {
  const rows = rowsOf(x, length);
  const { count } = rows;
  const gram = new Float64Array(count * count);
  eachBlock(length, (from, to) => {
    for (let i = 0; i < count; i += 2) {
      for (let j = 0; j <= i + 1; j += 4) addTile(rows, rows, i, j, from, to, gram);
    }
  });
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) gram[i * count + j] = gram[j * count + i]!;
  }
  return gram;
}

const rowsOf = (data: Float64Array, length: number): Rows => ({
  data,
  count: length === 0 ? 0 : data.length / length,
  length,
});

function eachBlock(length: number, use: (from: number, to: number) => void): void {
  for (let from = 0; from < length; from += blockLength) use(from, min(length, from + blockLength));
}

/** Adds the products of 2 rows with 4, or of fewer at the end. */
function addTile(
  x: Rows,
  y: Rows,
  i: number,
  j: number,
  from: number,
  to: number,
  product: Float64Array,
): void {
  if (i + 2 <= x.count && j + 4 <= y.count) addFullTile(x, y, i, j, from, to, product);
  else addEdge(x, y, i, j, from, to, product);
}

/** Eight sums at once: each number that is read serves several products. */
function addFullTile(
  { data: a, length }: Rows,
  { data: b, count }: Rows,
  i: number,
  j: number,
  from: number,
  to: number,
  product: Float64Array,
): void {
  const a0 = i * length;
  const a1 = a0 + length;
  const b0 = j * length;
  const b1 = b0 + length;
  const b2 = b1 + length;
  const b3 = b2 + length;
  let s00 = 0;
  let s01 = 0;
  let s02 = 0;
  let s03 = 0;
  let s10 = 0;
  let s11 = 0;
  let s12 = 0;
  let s13 = 0;
  for (let k = from; k < to; k++) {
    const x0 = a[a0 + k]!;
    const x1 = a[a1 + k]!;
    const y0 = b[b0 + k]!;
    const y1 = b[b1 + k]!;
    const y2 = b[b2 + k]!;
    const y3 = b[b3 + k]!;
    s00 += x0 * y0;
    s01 += x0 * y1;
    s02 += x0 * y2;
    s03 += x0 * y3;
    s10 += x1 * y0;
    s11 += x1 * y1;
    s12 += x1 * y2;
    s13 += x1 * y3;
  }
  const top = i * count + j;
  product[top]! += s00;
  product[top + 1]! += s01;
  product[top + 2]! += s02;
  product[top + 3]! += s03;
  const bottom = top + count;
  product[bottom]! += s10;
  product[bottom + 1]! += s11;
  product[bottom + 2]! += s12;
  product[bottom + 3]! += s13;
}

function addEdge(
  { data: a, count: left, length }: Rows,
  { data: b, count: right }: Rows,
  i: number,
  j: number,
  from: number,
  to: number,
  product: Float64Array,
): void {
  for (let row = i; row < min(i + 2, left); row++) {
    for (let column = j; column < min(j + 4, right); column++) {
      let sum = 0;
      for (let k = from; k < to; k++) sum += a[row * length + k]! * b[column * length + k]!;
      product[row * right + column]! += sum;
    }
  }
}
