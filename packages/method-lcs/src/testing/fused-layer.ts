import { fromTorchLayout } from '@pare/core';
import { NetworkBuilder, addParameters } from '@pare/graph';
import { endPoint, endPointStart } from '../line/end-points.ts';
import { rangeParameters } from '../quantized/activation-range.ts';
import { uniformFill } from './name-fill.ts';
import type { CompressedState, HostTensor } from '@pare/core';
import type { Network } from '@pare/graph';

/** Fills of the authors' single layer, in PyTorch's order, by name. */
const fills: Readonly<Record<string, () => Float32Array>> = {
  'conv.weight': () => uniformFill(1, 216),
  'conv.weight1': () => uniformFill(2, 216),
  'bn.weight': () => uniformFill(7, 6).map((u) => 1 + 0.2 * u),
  'bn.bias': () => uniformFill(8, 6).map((u) => 0.1 * u),
  'bn.weight1': () => uniformFill(9, 6).map((u) => 1 + 0.2 * u),
  'bn.bias1': () => uniformFill(10, 6).map((u) => 0.1 * u),
  'bn.running_mean': () => uniformFill(11, 6).map((u) => 0.3 * u),
  'bn.running_var': () => uniformFill(12, 6).map((u) => 1 + 0.5 * u),
};

/**
 * A quantized convolution 3 x 3 of 4 channels to 6 with its norm, on images [5, 5, 4]. The layers before and behind it, which keep
 * their precision, let everything through.
 */
export function fusedLayer(norm: 'batch' | 'group', line = false): CompressedState {
  const builder = new NetworkBuilder();
  const x = builder.input([5, 5, 4]);
  const pass = { kernel: 1, bias: false };
  const stem = builder.conv2d('stem', x, { ...pass, filters: 4 });
  const conv = builder.conv2d('conv', stem, { filters: 6, kernel: 3, padding: 1, bias: false });
  const y =
    norm === 'batch' ? builder.batchNorm('bn', conv) : builder.groupNorm('bn', conv, { groups: 3 });
  const plain = builder.build('one', x, builder.conv2d('last', y, { ...pass, filters: 6 }));
  const start = endPointStart(plain.name);
  const ends = line ? plain.parameters.map((p) => endPoint(p, start, false)) : [];
  const network = addParameters(plain, [...ends, ...rangeParameters('conv')]);
  return { network, weights: new Map(network.parameters.map((p) => [p.name, valueOf(p)])) };
}

function valueOf(parameter: Network['parameters'][number]): HostTensor {
  const { name, shape } = parameter;
  const size = shape.reduce((a, b) => a * b, 1);
  const fill = fills[name];
  const channels = shape.at(-1)!;
  const identity = () =>
    Float32Array.from({ length: size }, (_, i) =>
      Number(size > 1 && Math.floor(i / channels) === i % channels),
    );
  const data = fill ? fromTorchLayout(parameter, fill()) : identity();
  return { dtype: 'float32', shape, data };
}
