import { NetworkBuilder, batchNorm, mean, relu } from '@pare/graph';
import type { Network, Value } from '@pare/graph';

/** Two convolutions between the first and the last layer that are followed by one and the same batch norm. */
export function sharedNorm(): Network {
  const builder = new NetworkBuilder();
  const conv = (name: string, x: Value) =>
    builder.conv2d(name, x, { filters: 4, kernel: 3, padding: 1, bias: false });
  const x = builder.input([4, 4, 3]);
  const first = builder.batchNorm('bn', conv('conv2', conv('conv1', x)));
  const { inputs, attributes } = first.node;
  const vectors = inputs.slice(1) as [Value, Value, Value, Value];
  const second = batchNorm(conv('conv3', relu(first)), ...vectors, attributes);
  return builder.build('shared', x, builder.dense('fc', mean(second, [1, 2]), { units: 2 }));
}
