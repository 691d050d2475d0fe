import { PareError } from '@pare/core';
import type { HostKernel } from '../kernel.ts';

/** The k-th largest element, exact, in linear expected time (Hoare, "Algorithm 65: find", 1961). */
export const kthLargest: HostKernel = ([x, k], [result]) => {
  const values = Float32Array.from(x!.data);
  const rank = k!.data[0]!;
  if (!(rank >= 1 && rank <= values.length)) {
    throw new PareError(
      'BAD_RANK',
      `kthLargest: k must be from 1 to the ${values.length} elements of x; received ${rank}.`,
    );
  }
  result!.data[0] = select(values, rank - 1);
};

/** The element at an index once the values stand in falling order; reorders them. */
function select(values: Float32Array, index: number): number {
  let left = 0;
  let right = values.length - 1;
  while (left < right) {
    const pivot = values[index]!;
    let i = left;
    let j = right;
    while (i <= j) {
      while (values[i]! > pivot) i++;
      while (pivot > values[j]!) j--;
      if (i <= j) {
        const swapped = values[i]!;
        values[i++] = values[j]!;
        values[j--] = swapped;
      }
    }
    if (j < index) left = i;
    if (index < i) right = j;
  }
  return values[index]!;
}
