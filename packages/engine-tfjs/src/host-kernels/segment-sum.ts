import type { HostKernel } from '../kernel.ts';

/** Adds each row of x to the row of the result that its index names; other indices are left out. */
export const segmentSum: HostKernel = ([x, indices], [result]) => {
  const [segments, ...rest] = result!.shape as [number, ...number[]];
  const width = rest.reduce((a, b) => a * b, 1);
  const sums = new Float64Array(segments * width);
  const rows = x!.data;
  indices!.data.forEach((segment, row) => {
    if (segment < 0 || segment >= segments) return;
    for (let i = 0; i < width; i++) sums[segment * width + i]! += rows[row * width + i]!;
  });
  result!.data.set(sums);
};
