import { PareError } from '../errors/pare-error.ts';
import type { Parameter } from '@pare/graph';

type Layout = Pick<Parameter, 'name' | 'shape' | 'layout' | 'flattened'>;

const product = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** Shape of the parameter in PyTorch: convolution [out, in / groups, h, w], dense [out, in]. */
export function torchShape({ layout, shape }: Layout): number[] {
  const [a = 1, b = 1, c = 1, d = 1] = shape;
  if (layout === 'hwio') return [d, c, a, b];
  if (layout === 'hwcm') return [c * d, 1, a, b];
  if (layout === 'io') return [b, a];
  return [...shape];
}

/** Values of a parameter in PyTorch's order, rearranged to the parameter's own layout. */
export function fromTorchLayout(parameter: Layout, data: ArrayLike<number>): Float32Array {
  checkSize(parameter, data);
  const order = torchOrder(parameter);
  const result = new Float32Array(data.length);
  for (let i = 0; i < order.length; i++) result[order[i]!] = data[i]!;
  return result;
}

/** Values of a parameter in its own layout, rearranged to PyTorch's order. */
export function toTorchLayout(parameter: Layout, data: ArrayLike<number>): Float32Array {
  checkSize(parameter, data);
  return Float32Array.from(torchOrder(parameter), (index) => data[index]!);
}

function checkSize({ name, shape }: Layout, data: ArrayLike<number>): void {
  if (data.length === product(shape)) return;
  throw new PareError(
    'WEIGHT_SIZE',
    `weights: "${name}" [${shape.join(', ')}] has ${product(shape)} values; received ${data.length}. The file belongs to another architecture.`,
  );
}

/** For each element in PyTorch's order (output, channel, pixel), its index in ours (pixel, channel, output). */
function torchOrder(parameter: Layout): Uint32Array {
  const [pixels, channels, outputs] = extents(parameter);
  const order = new Uint32Array(pixels * channels * outputs);
  let i = 0;
  for (let output = 0; output < outputs; output++)
    for (let channel = 0; channel < channels; channel++)
      for (let pixel = 0; pixel < pixels; pixel++)
        order[i++] = (pixel * channels + channel) * outputs + output;
  return order;
}

/** The parameter as a box of pixels, channels and outputs. */
function extents({ layout, shape, flattened }: Layout): [number, number, number] {
  const [a = 1, b = 1, c = 1, d = 1] = shape;
  if (layout === 'hwio') return [a * b, c, d];
  // A filter reads one channel.
  if (layout === 'hwcm') return [a * b, 1, c * d];
  // PyTorch flattens an image channel by channel, we pixel by pixel: the input rows change places.
  if (layout === 'io')
    return flattened ? [flattened[0] * flattened[1], flattened[2], b] : [1, a, b];
  return [1, 1, product(shape)];
}
