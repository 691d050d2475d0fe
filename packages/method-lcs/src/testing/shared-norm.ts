import { NetworkBuilder, batchNorm, mean, relu } from '@pare/graph';
import type { Network, Value } from '@pare/graph';

type Vectors = readonly [scale: Value, shift: Value, mean: Value, variance: Value];

/** Two convolutions between the first and the last layer whose batch norms share all their vectors, or the statistics only. */
export function sharedNorm(shared: 'all' | 'statistics'): Network {
  const builder = new NetworkBuilder();
  const conv = (name: string, x: Value) =>
    builder.conv2d(name, x, { filters: 4, kernel: 3, padding: 1, bias: false });
  const x = builder.input([4, 4, 3]);
  const first = builder.batchNorm('bn2', conv('conv2', conv('conv1', x)));
  const second = builder.batchNorm('bn3', conv('conv3', relu(first)));
  const [[scale, shift, ...statistics], own] = [first, second].map(
    ({ node }) => node.inputs.slice(1) as unknown as Vectors,
  ) as [Vectors, Vectors];
  const affine = shared === 'all' ? ([scale, shift] as const) : ([own[0], own[1]] as const);
  const { inputs, attributes } = second.node;
  const last = batchNorm(inputs[0]!, ...affine, ...statistics, attributes);
  return builder.build('shared', x, builder.dense('fc', mean(last, [1, 2]), { units: 2 }));
}
