import { GraphError } from '../../errors/graph-error.ts';
import { tabulate } from '../reference-tensor.ts';
import type { Kernel, Kernels } from '../kernel.ts';

const topK: Kernel = ({ inputs: [x], outputs: [values] }) => {
  const width = x!.shape.at(-1)!;
  const k = values!.shape.at(-1)!;
  if (k > width)
    throw new GraphError('BAD_K', `topK: k is ${k}, but the last axis has ${width} elements.`);
  const picked = Array.from({ length: x!.data.length / width }, (_, row) => {
    const at = (i: number) => x!.data[row * width + i]!;
    const order = Array.from({ length: width }, (_, i) => i);
    return order.sort((a, b) => at(b) - at(a) || a - b).slice(0, k);
  }).flat();
  return [
    tabulate(
      values!.dtype,
      values!.shape,
      (_, i) => x!.data[Math.floor(i / k) * width + picked[i]!]!,
    ),
    tabulate('int32', values!.shape, (_, i) => picked[i]!),
  ];
};

const kthLargest: Kernel = ({ inputs: [x, k] }) => {
  const rank = k!.data[0]!;
  if (rank < 1 || rank > x!.data.length) {
    throw new GraphError(
      'BAD_K',
      `kthLargest: k must be from 1 to ${x!.data.length}; received ${rank}.`,
    );
  }
  return [tabulate('float32', [], () => [...x!.data].sort((a, b) => b - a)[rank - 1]!)];
};

/** Ops that pick elements by their order. */
export const selectionKernels: Kernels = { topK, kthLargest };
