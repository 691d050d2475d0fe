import { SeededRandom, initializeNetwork } from '@pare/core';
import { NetworkBuilder, add, concat, flatten, maxPool, mean, relu, sigmoid } from '@pare/graph';
import type { CompressedState } from '@pare/core';
import type { Network, Value } from '@pare/graph';

export type Norm = 'batchNorm' | 'instanceNorm';
export type Body = (b: NetworkBuilder, norm: Norm, x: Value) => Value;

const conv = (b: NetworkBuilder, name: string, x: Value, filters: number) =>
  b.conv2d(name, x, { kernel: 3, padding: 1, filters });

/** Layers between the images [4, 4, 3] and the dense layer of the logits. */
export const bodies: Readonly<Record<string, Body>> = {
  plain: (b, norm, x) => {
    const one = relu(b[norm]('n1', conv(b, 'c1', x, 40)));
    return maxPool(relu(b[norm]('n2', conv(b, 'c2', one, 20))), { size: 2 });
  },
  residual: (b, norm, x) => {
    const stem = conv(b, 'stem', x, 24);
    const inner = relu(b[norm]('n2', conv(b, 'c1', relu(b[norm]('n1', stem)), 10)));
    return relu(b[norm]('n3', add(conv(b, 'c2', inner, 24), stem)));
  },
  'joined maps': (b, norm, x) => {
    const one = relu(b[norm]('n1', conv(b, 'c1', x, 20)));
    const two = concat([one, conv(b, 'c2', one, 36)]);
    return mean(relu(b[norm]('n2', two)), [1, 2]);
  },
  'a squashing function': (b, norm, x) => {
    const one = sigmoid(b[norm]('n1', conv(b, 'c1', x, 40)));
    return relu(b[norm]('n2', conv(b, 'c2', one, 20)));
  },
  'a shift by a number': (b, norm, x) => {
    const one = relu(add(b[norm]('n1', conv(b, 'c1', x, 40)), 3));
    return relu(b[norm]('n2', conv(b, 'c2', one, 20)));
  },
};

/** A network with three logits. */
export function build(body: Body, norm: Norm): Network {
  const b = new NetworkBuilder();
  const x = b.input([4, 4, 3]);
  return b.build('small', x, b.dense('fc', flatten(body(b, norm, x)), { units: 3 }));
}

/** Random weights, other norm parameters and statistics than the first ones too. */
export function filled(network: Network): CompressedState {
  const random = new SeededRandom(7);
  const weights = new Map(
    [...initializeNetwork(network, random)].map(([name, tensor]) => {
      const { role } = network.parameters.find((p) => p.name === name)!;
      if (role === 'weight') return [name, tensor];
      const data = (tensor.data as Float32Array).map(() => random.uniform() + 0.2);
      return [name, { ...tensor, data }];
    }),
  );
  return { network, weights };
}
