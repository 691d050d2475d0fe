import { NetworkBuilder, mean, relu } from '@pare/graph';
import {
  createDensenet,
  createPreactResnet,
  createResnetCifar,
  createVgg,
  createWideResnet,
} from '@pare/models';
import type { Model } from '@pare/core';
import type { Network, Value } from '@pare/graph';

/** Norms that a network can be built with here. */
export type ImageNorm = 'batch' | 'instance' | 'group';

const task = (side: number) => ({ imageShape: [side, side, 3] as const, classes: 5 });

const small = (model: Model, side = 8): Network => model.build(new NetworkBuilder(), task(side));

/** vgg-11-bn for images that it was not made for. */
export const vgg11 = (): Network =>
  small(createVgg({ depth: 11, norm: 'batch', head: 'linear' }, 'vgg-11-bn'), 32);

/** Networks that the authors of LCS have not tried, for small images, by name. */
export const imageNetworks: Readonly<Record<string, (norm: ImageNorm) => Network>> = {
  'resnet-56 with projections': (norm) =>
    small(createResnetCifar({ depth: 56, shortcut: 'projection', norm })),
  'resnet-20 with zero channels': (norm) => small(createResnetCifar({ depth: 20, norm })),
  'wide-resnet': (norm) => small(createWideResnet({ depth: 10, width: 2, norm })),
  'preact-resnet': (norm) => small(createPreactResnet({ depth: 20, norm })),
  'a small vgg': (norm) => small(createVgg({ depth: 4, norm, head: 'linear' }, 'vgg')),
  'densenet-bc': (norm) =>
    small(createDensenet({ depth: 22, growth: 20, bottleneck: true, compression: 0.5, norm })),
  'depthwise convolutions': depthwise,
};

/** Blocks as MobileNet has them: a filter for each channel, then a 1 x 1 convolution, a norm behind each. */
function depthwise(norm: ImageNorm): Network {
  const builder = new NetworkBuilder();
  const normalize = (name: string, x: Value) => {
    if (norm === 'batch') return builder.batchNorm(name, x);
    if (norm === 'instance') return builder.instanceNorm(name, x);
    return builder.groupNorm(name, x, { groups: 4 });
  };
  const x = builder.input([8, 8, 3]);
  const stem = builder.conv2d('conv1', x, { filters: 20, kernel: 3, padding: 1, bias: false });
  let y = relu(normalize('bn1', stem));
  for (const [i, filters] of [40, 56].entries()) {
    const name = `block${i + 1}`;
    const strides = i + 1;
    y = builder.depthwiseConv2d(`${name}.depth`, y, {
      kernel: 3,
      padding: 1,
      strides,
      bias: false,
    });
    y = relu(normalize(`${name}.bn1`, y));
    y = builder.conv2d(`${name}.point`, y, { filters, kernel: 1, bias: false });
    y = relu(normalize(`${name}.bn2`, y));
  }
  const logits = builder.dense('fc', mean(y, [1, 2]), { units: 5 });
  return builder.build('depthwise', x, logits);
}
