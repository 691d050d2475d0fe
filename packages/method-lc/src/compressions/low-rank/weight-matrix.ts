import { PareError } from '@pare/core';
import { z } from 'zod';

/**
 * How a convolution's weights [n, m, h, w] become a matrix. `scheme-1`: n x (m·h·w), so that a pair of factors is a
 * convolution with few filters and a 1 x 1 one. `scheme-2`: (n·h) x (m·w), a horizontal convolution and a vertical one.
 */
export const convSchemeOption = z.enum(['scheme-1', 'scheme-2']);

/** A way to make a matrix of a convolution's weights. */
export type ConvScheme = z.output<typeof convSchemeOption>;

/** Rows and columns of the matrix that weights of a shape become. Throws `NO_MATRIX` where they become none. */
export function matrixShape(
  owner: string,
  shape: readonly number[],
  scheme: ConvScheme | undefined,
): [rows: number, columns: number] {
  const [n = 0, m = 0, h = 0, w = 0] = shape;
  if (shape.length === 2) return [n, m];
  if (shape.length !== 4) {
    throw new PareError(
      'NO_MATRIX',
      `${owner}: needs the weights of one dense layer or convolution, [out, in] or [out, in, height, width]; received [${shape.join(', ')}]. Low rank has no meaning for a vector or for several layers together: give each layer an entry of its own.`,
    );
  }
  if (scheme === undefined) {
    throw new PareError(
      'NO_MATRIX',
      `${owner}: weights [${shape.join(', ')}] of a convolution need "convScheme", scheme-1 or scheme-2.`,
    );
  }
  return scheme === 'scheme-1' ? [n, m * h * w] : [n * h, m * w];
}

/** The weights as the matrix, row by row. A new array only where the order changes. */
export function toMatrix(
  weights: Float32Array,
  shape: readonly number[],
  scheme: ConvScheme | undefined,
): Float32Array {
  const order = matrixOrder(shape, scheme);
  return order ? Float32Array.from(order, (at) => weights[at]!) : weights;
}

/** The weights in their own order from the matrix, row by row. */
export function fromMatrix(
  matrix: Float32Array,
  shape: readonly number[],
  scheme: ConvScheme | undefined,
): Float32Array {
  const order = matrixOrder(shape, scheme);
  if (!order) return matrix;
  const weights = new Float32Array(matrix.length);
  for (let i = 0; i < order.length; i++) weights[order[i]!] = matrix[i]!;
  return weights;
}

/** For each element of the matrix its place in the weights; undefined where it is the same. */
function matrixOrder(
  shape: readonly number[],
  scheme: ConvScheme | undefined,
): Uint32Array | undefined {
  if (shape.length !== 4 || scheme !== 'scheme-2') return undefined;
  const [n, m, h, w] = shape as [number, number, number, number];
  const order = new Uint32Array(n * m * h * w);
  let i = 0;
  for (let filter = 0; filter < n; filter++)
    for (let y = 0; y < h; y++)
      for (let channel = 0; channel < m; channel++)
        for (let x = 0; x < w; x++) order[i++] = ((filter * m + channel) * h + y) * w + x;
  return order;
}
