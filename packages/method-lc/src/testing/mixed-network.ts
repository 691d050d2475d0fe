import { NetworkBuilder, addParameters, flatten, relu } from '@pare/graph';
import type { Network } from '@pare/graph';

/** One layer of each kind: conv1 and norm1, grouped, depthwise, fc; and a kernel `beside` the graph. */
export function mixedNetwork(): Network {
  const builder = new NetworkBuilder();
  const x = builder.input([6, 6, 2]);
  const conv = builder.conv2d('conv1', x, { filters: 4, kernel: 3 });
  let y = relu(builder.batchNorm('norm1', conv));
  y = builder.conv2d('grouped', y, { filters: 4, kernel: 1, groups: 2, bias: false });
  y = builder.depthwiseConv2d('depthwise', y, { kernel: 3, bias: false });
  const network = builder.build('mixed', x, builder.dense('fc', flatten(y), { units: 3 }));
  const kernel = network.parameters.find(({ name }) => name === 'conv1.weight')!;
  return addParameters(network, [{ ...kernel, name: 'beside.weight', layer: 'beside' }]);
}
