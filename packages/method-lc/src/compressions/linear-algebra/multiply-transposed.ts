import { DotProducts, mostRows } from './dot-products.ts';
import { someRows } from './rows.ts';
import type { Rows } from './rows.ts';

let kernel: DotProducts | undefined;

/** X·Yᵀ row by row: the dot product of each row of X with each row of Y, which are equally long. Sums are formed in float64. */
export function multiplyTransposed(x: Rows, y: Rows): Float64Array {
  const product = new Float64Array(x.count * y.count);
  for (let i = 0; i < x.count; i += mostRows) {
    for (let j = 0; j < y.count; j += mostRows) multiplyPart(x, i, y, j, false, product);
  }
  return product;
}

/** X·Xᵀ: the dot products of all pairs of rows; each pair is multiplied once. */
export function gramMatrix(x: Rows): Float64Array {
  const { count } = x;
  const gram = new Float64Array(count * count);
  for (let i = 0; i < count; i += mostRows) {
    for (let j = 0; j <= i; j += mostRows) multiplyPart(x, i, x, j, i === j, gram);
  }
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) gram[i * count + j] = gram[j * count + i]!;
  }
  return gram;
}

/** Products of the rows of X from `i` on with those of Y from `j` on, as many as the kernel takes. */
function multiplyPart(
  x: Rows,
  i: number,
  y: Rows,
  j: number,
  triangle: boolean,
  product: Float64Array,
): void {
  const [left, right] = [someRows(x, i, i + mostRows), someRows(y, j, j + mostRows)];
  kernel ??= new DotProducts();
  const { products, stride } = kernel.multiply(left, right, triangle);
  for (let row = 0; row < left.count; row++) {
    const from = row * stride;
    product.set(products.subarray(from, from + right.count), (i + row) * y.count + j);
  }
}
