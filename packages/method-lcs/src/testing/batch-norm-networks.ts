import { NetworkBuilder, add, concat, flatten, maxPool, mean, relu, sigmoid } from '@pare/graph';
import { SeededRandom, initializeNetwork } from '@pare/core';
import type { CompressedState } from '@pare/core';
import type { Network, Value } from '@pare/graph';

/** Layers between the images [6, 6, 3] and the dense layer of the logits. */
type Body = (b: NetworkBuilder, x: Value) => Value;

/** A network with ten logits. */
export function build(body: Body, imageShape: readonly number[] = [6, 6, 3]): Network {
  const b = new NetworkBuilder();
  const x = b.input(imageShape);
  return b.build('small', x, b.dense('fc', flatten(body(b, x)), { units: 10 }));
}

/** Random weights; scales, shifts and running statistics too. */
export function filled(network: Network): CompressedState {
  const random = new SeededRandom(7);
  const weights = new Map(
    [...initializeNetwork(network, random)].map(([name, tensor]) => {
      const { role } = network.parameters.find((p) => p.name === name)!;
      if (role === 'weight' || role === 'bias') return [name, tensor];
      const signed = (tensor.data as Float32Array).map(() => 2 * random.uniform() - 1);
      const data = role === 'running-variance' ? signed.map((v) => v + 1.5) : signed;
      return [name, { ...tensor, data }];
    }),
  );
  return { network, weights };
}

const conv = { kernel: 3, padding: 1 } as const;

/** Plain convolutions with biases, padded pooling, and a dense layer that reads the flattened image. */
export const plain: Body = (b, x) => {
  const y = relu(b.batchNorm('bn1', b.conv2d('conv1', x, { ...conv, filters: 6 })));
  const small = maxPool(y, { size: 3, strides: 2, padding: 1 });
  return relu(b.batchNorm('bn2', b.conv2d('conv2', small, { ...conv, filters: 5, bias: false })));
};

/** Norms on the residual stream before the convolutions. */
export const preactivation: Body = (b, x) => {
  const stem = b.conv2d('stem', x, { ...conv, filters: 6, bias: false });
  const first = relu(b.batchNorm('bn1', stem));
  const inner = relu(b.batchNorm('bn2', b.conv2d('conv1', first, { ...conv, filters: 5 })));
  const sum = add(b.conv2d('conv2', inner, { ...conv, filters: 6 }), stem);
  return mean(relu(b.batchNorm('bn', sum)), [1, 2]);
};

/** Norms in front of the addition. */
export const postactivation: Body = (b, x) => {
  const stem = relu(b.batchNorm('bn1', b.conv2d('stem', x, { ...conv, filters: 6 })));
  const inner = relu(b.batchNorm('bn2', b.conv2d('conv1', stem, { ...conv, filters: 5 })));
  const outer = b.batchNorm('bn3', b.conv2d('conv2', inner, { ...conv, filters: 6 }));
  return mean(relu(add(outer, stem)), [1, 2]);
};

/** Channels that are joined, grouped, filtered one by one, or squashed so that zero does not stay zero. */
export const awkward: Body = (b, x) => {
  const one = relu(b.batchNorm('bn1', b.conv2d('conv1', x, { ...conv, filters: 4 })));
  const two = sigmoid(b.batchNorm('bn2', b.conv2d('conv2', one, { ...conv, filters: 4 })));
  const joined = concat([one, two]);
  const grouped = b.conv2d('conv3', joined, { ...conv, filters: 8, groups: 2 });
  const three = relu(b.batchNorm('bn3', grouped));
  const each = b.depthwiseConv2d('depth', three, { kernel: 3, padding: 1 });
  return mean(relu(b.batchNorm('bn4', each)), [1, 2]);
};
