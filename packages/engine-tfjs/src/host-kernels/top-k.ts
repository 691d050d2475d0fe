import type { HostKernel } from '../kernel.ts';

/** The k largest elements of the last axis in falling order; the first index wins ties. */
export const topK: HostKernel = ([x], [values, indices]) => {
  const length = x!.shape.at(-1)!;
  const k = values!.shape.at(-1)!;
  const order = new Int32Array(length);
  for (let row = 0; row * length < x!.data.length; row++) {
    const line = x!.data.subarray(row * length, (row + 1) * length);
    for (let i = 0; i < length; i++) order[i] = i;
    order.sort((a, b) => line[b]! - line[a]! || a - b);
    for (let i = 0; i < k; i++) {
      const index = order[i]!;
      indices!.data[row * k + i] = index;
      values!.data[row * k + i] = line[index]!;
    }
  }
};
