import { eachElement, offsetOf, tabulate, zeroTensor } from '../reference-tensor.ts';
import type { Attributes } from '../../ir/value.ts';
import type { Kernel, Kernels } from '../kernel.ts';

/** Positions in the image of the window behind one output pixel, row by row. */
function windowOf(
  attributes: Attributes,
  image: readonly number[],
  at: readonly number[],
): number[] {
  const [h, w] = attributes.size as [number, number];
  const [sy, sx] = attributes.strides as [number, number];
  const [n, oy, ox, c] = at as [number, number, number, number];
  const positions: number[] = [];
  eachElement([h, w], ([ky, kx]) => {
    positions.push(offsetOf(image, [n, oy * sy + ky!, ox * sx + kx!, c]));
  });
  return positions;
}

const maxPool: Kernel = ({ inputs: [x], outputs: [y], attributes }) => [
  tabulate('float32', y!.shape, (at) =>
    Math.max(...windowOf(attributes, x!.shape, at).map((i) => x!.data[i]!)),
  ),
];

const maxPoolGradient: Kernel = ({ inputs: [x, , dy], attributes }) => {
  const result = zeroTensor('float32', x!.shape);
  eachElement(dy!.shape, (at, i) => {
    const window = windowOf(attributes, x!.shape, at);
    const winner = window.reduce((best, p) => (x!.data[p]! > x!.data[best]! ? p : best));
    result.data[winner]! += dy!.data[i]!;
  });
  return [result];
};

const avgPool: Kernel = ({ inputs: [x], outputs: [y], attributes }) => [
  tabulate('float32', y!.shape, (at) => {
    const window = windowOf(attributes, x!.shape, at);
    return window.reduce((sum, i) => sum + x!.data[i]!, 0) / window.length;
  }),
];

const avgPoolGradient: Kernel = ({ inputs: [dy], outputs: [x], attributes }) => {
  const result = zeroTensor('float32', x!.shape);
  eachElement(dy!.shape, (at, i) => {
    const window = windowOf(attributes, x!.shape, at);
    for (const position of window) result.data[position]! += dy!.data[i]! / window.length;
  });
  return [result];
};

/** Pooling without padding. */
export const poolingKernels: Kernels = { maxPool, maxPoolGradient, avgPool, avgPoolGradient };
