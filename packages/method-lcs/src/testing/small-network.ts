import { add, mean, NetworkBuilder, ones, relu } from '@pare/graph';
import type { Initializer, Network, Value } from '@pare/graph';

/** What can be changed in a `smallNetwork`. */
export interface SmallNetworkOptions {
  readonly norm?: 'batch' | 'group' | 'instance';
  /** Biases of the convolutions; default none. */
  readonly bias?: boolean;
  /** Start of the norm scales; default 1. */
  readonly scale?: Initializer;
}

/** A residual network with two convolutions between the first and the last layer, each with its norm; images [32, 32, 3], 10 classes. */
export function smallNetwork({
  norm = 'group',
  bias = false,
  scale = ones,
}: SmallNetworkOptions = {}): Network {
  const builder = new NetworkBuilder();
  const normalize = (name: string, x: Value) => {
    if (norm === 'batch') return builder.batchNorm(name, x, { scale });
    if (norm === 'instance') return builder.instanceNorm(name, x, { scale });
    return builder.groupNorm(name, x, { groups: 2, scale });
  };
  const conv = (name: string, x: Value, strides = 1) =>
    builder.conv2d(name, x, { filters: 4, kernel: 3, padding: 1, strides, bias });
  const x = builder.input([32, 32, 3]);
  const first = relu(normalize('bn1', conv('conv1', x, 4)));
  const inner = relu(normalize('bn2', conv('conv2', first)));
  const sum = relu(add(first, normalize('bn3', conv('conv3', inner))));
  return builder.build('small', x, builder.dense('fc', mean(sum, [1, 2]), { units: 10 }));
}
