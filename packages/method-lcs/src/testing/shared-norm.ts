import { NetworkBuilder, batchNorm, mean, relu } from '@pare/graph';
import type { Network, Value } from '@pare/graph';

/** Two convolutions between the first and the last layer whose batch norms share all their vectors, or the statistics only. */
export function sharedNorm(shared: 'all' | 'statistics'): Network {
  const builder = new NetworkBuilder();
  const conv = (name: string, x: Value) =>
    builder.conv2d(name, x, { filters: 4, kernel: 3, padding: 1, bias: false });
  const x = builder.input([4, 4, 3]);
  const first = builder.batchNorm('bn2', conv('conv2', conv('conv1', x)));
  const [scale, shift, ...statistics] = first.node.inputs.slice(1) as [Value, Value, Value, Value];
  const y = conv('conv3', relu(first));
  // An instance norm has no statistics: this gives a scale and a shift of its own.
  const [, ...own] =
    shared === 'all' ? [y, scale, shift] : builder.instanceNorm('bn3', y).node.inputs;
  const second = batchNorm(y, ...(own as [Value, Value]), ...statistics, first.node.attributes);
  return builder.build('shared', x, builder.dense('fc', mean(second, [1, 2]), { units: 2 }));
}
