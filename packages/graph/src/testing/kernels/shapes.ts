import { GraphError } from '../../errors/graph-error.ts';
import { formatShape } from '../../ir/shape.ts';
import {
  broadcastReader,
  eachElement,
  elementCount,
  offsetOf,
  tabulate,
  zeroTensor,
} from '../reference-tensor.ts';
import type { Dim } from '../../ir/dim.ts';
import type { Kernel, Kernels } from '../kernel.ts';

const broadcastTo: Kernel = ({ inputs: [x], outputs: [y] }) => [
  tabulate(y!.dtype, y!.shape, broadcastReader(x!, y!.shape.length)),
];

const reshape: Kernel = ({ inputs: [x], outputs: [y] }) => {
  if (elementCount(x!.shape) !== elementCount(y!.shape)) {
    throw new GraphError(
      'SHAPE_MISMATCH',
      `reshape: ${formatShape(x!.shape)} does not have the elements of ${formatShape(y!.shape)}.`,
    );
  }
  return [{ ...x!, shape: y!.shape }];
};

const transpose: Kernel = ({ inputs: [x], outputs: [y], attributes }) => {
  const permutation = attributes.permutation as readonly number[];
  const source = (at: readonly number[]) =>
    x!.shape.map((_, axis) => at[permutation.indexOf(axis)]!);
  return [tabulate(y!.dtype, y!.shape, (at) => x!.data[offsetOf(x!.shape, source(at))]!)];
};

const slice: Kernel = ({ inputs: [x], outputs: [y], attributes, dim }) => {
  const begin = (attributes.begin as readonly Dim[]).map(dim);
  if (begin.some((from, axis) => from < 0 || from + y!.shape[axis]! > x!.shape[axis]!)) {
    throw new GraphError(
      'BAD_SLICE',
      `slice: begin ${formatShape(begin)}, size ${formatShape(y!.shape)} does not fit in ${formatShape(x!.shape)}.`,
    );
  }
  const source = (at: readonly number[]) => at.map((c, axis) => c + begin[axis]!);
  return [tabulate(y!.dtype, y!.shape, (at) => x!.data[offsetOf(x!.shape, source(at))]!)];
};

const pad: Kernel = ({ inputs: [x], outputs: [y], attributes, dim }) => {
  const before = (attributes.paddings as readonly (readonly [Dim, Dim])[]).map(([b]) => dim(b));
  const inside = (at: readonly number[]) => at.every((c, axis) => c >= 0 && c < x!.shape[axis]!);
  const element = (at: readonly number[]) =>
    inside(at) ? x!.data[offsetOf(x!.shape, at)]! : (attributes.value as number);
  return [tabulate(y!.dtype, y!.shape, (at) => element(at.map((c, axis) => c - before[axis]!)))];
};

const concat: Kernel = ({ inputs, outputs: [y], attributes }) => {
  const axis = attributes.axis as number;
  const result = zeroTensor(y!.dtype, y!.shape);
  let start = 0;
  for (const x of inputs) {
    eachElement(x.shape, (at, i) => {
      const target = at.with(axis, at[axis]! + start);
      result.data[offsetOf(y!.shape, target)] = x.data[i]!;
    });
    start += x.shape[axis]!;
  }
  return [result];
};

const gather: Kernel = ({ inputs: [x, indices], outputs: [y], attributes }) => {
  const axis = attributes.axis as number;
  const rank = indices!.shape.length;
  const element = (at: readonly number[]) => {
    const index = indices!.data[offsetOf(indices!.shape, at.slice(axis, axis + rank))]!;
    if (index < 0 || index >= x!.shape[axis]!) {
      throw new GraphError(
        'BAD_INDEX',
        `gather: index ${index} is outside axis ${axis} of ${formatShape(x!.shape)}.`,
      );
    }
    return x!.data[offsetOf(x!.shape, at.toSpliced(axis, rank, index))]!;
  };
  return [tabulate(y!.dtype, y!.shape, element)];
};

const oneHot: Kernel = ({ inputs: [indices], outputs: [y] }) => [
  tabulate('float32', y!.shape, (at) =>
    Number(indices!.data[offsetOf(indices!.shape, at.slice(0, -1))] === at.at(-1)),
  ),
];

/** Ops that move elements or make them from positions and sizes. */
export const shapeKernels: Kernels = {
  broadcastTo,
  reshape,
  transpose,
  slice,
  pad,
  concat,
  gather,
  oneHot,
  range: ({ outputs: [y] }) => [tabulate('int32', y!.shape, (_, i) => i)],
  dimValue: ({ outputs: [y], attributes, dim }) => [
    tabulate(y!.dtype, [], () => dim(attributes.dim as Dim)),
  ],
};
