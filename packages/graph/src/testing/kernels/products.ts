import { geometryOf } from '../../ops/conv-geometry.ts';
import { eachElement, offsetOf, tabulate, zeroTensor } from '../reference-tensor.ts';
import type { Attributes } from '../../ir/value.ts';
import type { Kernel, Kernels } from '../kernel.ts';

const matMul: Kernel = ({ inputs: [a, b], outputs: [y], attributes }) => {
  const { transposeA, transposeB } = attributes;
  const inner = a!.shape.at(transposeA ? -2 : -1)!;
  const element = (at: readonly number[]) => {
    const batch = at.slice(0, -2);
    const [row, column] = at.slice(-2) as [number, number];
    let total = 0;
    for (let k = 0; k < inner; k++) {
      const left = a!.data[offsetOf(a!.shape, [...batch, ...(transposeA ? [k, row] : [row, k])])]!;
      const right =
        b!.data[offsetOf(b!.shape, [...batch, ...(transposeB ? [column, k] : [k, column])])]!;
      total += left * right;
    }
    return total;
  };
  return [tabulate('float32', y!.shape, element)];
};

type Shape4 = readonly number[];
type Visit = (image: number, filter: number, output: number) => void;

/** Calls `visit` with the positions of each product that a convolution adds up. */
function eachTap(
  kind: 'grouped' | 'depthwise',
  attributes: Attributes,
  image: Shape4,
  filter: Shape4,
  output: Shape4,
  visit: Visit,
): void {
  const { strides, pads, dilations } = geometryOf(attributes);
  const [kh, kw, third, fourth] = filter as [number, number, number, number];
  const channels = kind === 'grouped' ? third : 1;
  const perGroup = kind === 'grouped' ? fourth / (attributes.groups as number) : fourth;
  eachElement(output, ([n, oy, ox, oc], target) => {
    const group = Math.floor(oc! / perGroup);
    eachElement([kh, kw, channels], ([ky, kx, c]) => {
      const y = oy! * strides[0] - pads[0] + ky! * dilations[0];
      const x = ox! * strides[1] - pads[2] + kx! * dilations[1];
      if (y < 0 || x < 0 || y >= image[1]! || x >= image[2]!) return;
      const tap = kind === 'grouped' ? [ky!, kx!, c!, oc!] : [ky!, kx!, group, oc! % perGroup];
      visit(offsetOf(image, [n!, y, x, group * channels + c!]), offsetOf(filter, tap), target);
    });
  });
}

/** The three kernels of one kind of convolution: the same products, added up at different places. */
function convolution(kind: 'grouped' | 'depthwise') {
  const forward: Kernel = ({ inputs: [x, f], outputs: [y], attributes }) => {
    const result = zeroTensor('float32', y!.shape);
    eachTap(kind, attributes, x!.shape, f!.shape, y!.shape, (image, filter, output) => {
      result.data[output]! += x!.data[image]! * f!.data[filter]!;
    });
    return [result];
  };
  const inputGradient: Kernel = ({ inputs: [dy, f], outputs: [x], attributes }) => {
    const result = zeroTensor('float32', x!.shape);
    eachTap(kind, attributes, x!.shape, f!.shape, dy!.shape, (image, filter, output) => {
      result.data[image]! += dy!.data[output]! * f!.data[filter]!;
    });
    return [result];
  };
  const filterGradient: Kernel = ({ inputs: [x, dy], outputs: [f], attributes }) => {
    const result = zeroTensor('float32', f!.shape);
    eachTap(kind, attributes, x!.shape, f!.shape, dy!.shape, (image, filter, output) => {
      result.data[filter]! += x!.data[image]! * dy!.data[output]!;
    });
    return [result];
  };
  return { forward, inputGradient, filterGradient };
}

const grouped = convolution('grouped');
const depthwise = convolution('depthwise');

/** Matrix products and convolutions. */
export const productKernels: Kernels = {
  matMul,
  conv2d: grouped.forward,
  conv2dInputGradient: grouped.inputGradient,
  conv2dFilterGradient: grouped.filterGradient,
  depthwiseConv2d: depthwise.forward,
  depthwiseConv2dInputGradient: depthwise.inputGradient,
  depthwiseConv2dFilterGradient: depthwise.filterGradient,
};
