import { GraphError } from '../../errors/graph-error.ts';
import { eachElement, elementCount, offsetOf, zeroTensor } from '../reference-tensor.ts';
import type { Kernel, Kernels } from '../kernel.ts';

const reduce =
  (start: number, combine: (sofar: number, x: number) => number): Kernel =>
  ({ inputs: [x], outputs: [y], attributes }) => {
    const axes = attributes.axes as readonly number[];
    const result = zeroTensor(y!.dtype, y!.shape);
    // A float accumulator: an int32 array could not hold -Infinity.
    const total = new Float64Array(result.data.length).fill(start);
    const kept = x!.shape.map((dim, axis) => (axes.includes(axis) ? 1 : dim));
    eachElement(x!.shape, (at, i) => {
      const target = offsetOf(
        kept,
        at.map((c, axis) => (axes.includes(axis) ? 0 : c)),
      );
      total[target] = combine(total[target]!, x!.data[i]!);
    });
    result.data.set(total);
    return [result];
  };

const argMax: Kernel = ({ inputs: [x], outputs: [y], attributes }) => {
  const axis = attributes.axis as number;
  const best = new Float64Array(elementCount(y!.shape)).fill(-Infinity);
  const result = zeroTensor('int32', y!.shape);
  eachElement(x!.shape, (at, i) => {
    const target = offsetOf(y!.shape, at.toSpliced(axis, 1));
    if (x!.data[i]! <= best[target]!) return;
    best[target] = x!.data[i]!;
    result.data[target] = at[axis]!;
  });
  return [result];
};

const segmentSum: Kernel = ({ inputs: [x, indices], outputs: [y] }) => {
  const result = zeroTensor(y!.dtype, y!.shape);
  eachElement(x!.shape, (at, i) => {
    const segment = indices!.data[at[0]!]!;
    if (segment < 0 || segment >= y!.shape[0]!) {
      throw new GraphError(
        'BAD_INDEX',
        `segmentSum: index ${segment} is outside ${y!.shape[0]} segments.`,
      );
    }
    result.data[offsetOf(y!.shape, [segment, ...at.slice(1)])]! += x!.data[i]!;
  });
  return [result];
};

/** Sums, maxima and their relatives. */
export const reductionKernels: Kernels = {
  sum: reduce(0, (sofar, x) => sofar + x),
  max: reduce(-Infinity, Math.max),
  argMax,
  segmentSum,
};
