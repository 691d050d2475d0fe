import { parseOptions, provide } from '@pare/core';
import { flatten, maxPool, mean, relu, reshape } from '@pare/graph';
import {
  alexnetBnOptions,
  alexnetCifarOptions,
  alexnetOptions,
  caffeAlexnetOptions,
} from './alexnet-options.ts';
import {
  caffePlan,
  cifarPlan,
  hiddenMap,
  normalizedPlan,
  smallestImage,
  torchvisionPlan,
} from './alexnet-plans.ts';
import { averagePoolTo } from './layers/average-pool-to.ts';
import { caffeInit } from './layers/caffe-init.ts';
import { checkTask } from './check-task.ts';
import { dropoutLayer } from './layers/dropout-layer.ts';
import { localResponseNorm } from './layers/local-response-norm.ts';
import { normLayer } from './layers/norm-layer.ts';
import { groupedInit, layerInit } from './layers/weight-init.ts';
import type { Model, Provision } from '@pare/core';
import type { NetworkBuilder, Value } from '@pare/graph';
import type { z } from 'zod';
import type { AlexnetConvolution, AlexnetPlan } from './alexnet-plans.ts';
import type { NormKind } from './layers/norm-layer.ts';
import type { WeightInit } from './layers/weight-init.ts';

interface Choices {
  readonly norm: NormKind | 'local-response';
  readonly dropout: number;
  readonly init: WeightInit | 'caffe';
  readonly denseInit: WeightInit | 'caffe';
}

/**
 * AlexNet as torchvision has it (Krizhevsky 2014): no groups, no norm. On 224 x 224 x 3 and 1000 classes 61,100,840
 * parameters and 714,188,480 multiply-adds. Takes images from 223 x 223 pixels; larger maps are averaged to 6 x 6.
 */
export const createAlexnet = (input: z.input<typeof alexnetOptions> = {}): Model =>
  alexnet('alexnet', torchvisionPlan, parse(alexnetOptions, input, 'alexnet'));

/**
 * AlexNet without groups and with batch norm behind all layers but the last (LC). On 227 x 227 x 3 and 1000 classes
 * 62,397,480 parameters and 1,139,124,224 multiply-adds. Takes images from 223 x 223 pixels.
 */
export const createAlexnetBn = (input: z.input<typeof alexnetBnOptions> = {}): Model =>
  alexnet('alexnet-bn', normalizedPlan, parse(alexnetBnOptions, input, 'alexnet-bn'));

/**
 * AlexNet for CIFAR (DeepHoyer): narrower strides, one dense layer on the mean of the last map. On 32 x 32 x 3 and 10
 * classes 2,472,266 parameters. Takes images from 29 x 29 pixels.
 */
export const createAlexnetCifar = (input: z.input<typeof alexnetCifarOptions> = {}): Model =>
  alexnet('alexnet-cifar', cifarPlan, parse(alexnetCifarOptions, input, 'alexnet-cifar'));

/**
 * AlexNet as Caffe has it (Krizhevsky et al. 2012): groups in conv2, conv4 and conv5, local response normalization. On
 * 227 x 227 x 3 and 1000 classes 60,965,224 parameters and 724,406,816 multiply-adds. Takes images from 227 x 227 pixels.
 */
export const createCaffeAlexnet = (input: z.input<typeof caffeAlexnetOptions> = {}): Model =>
  alexnet('caffe-alexnet', caffePlan, parse(caffeAlexnetOptions, input, 'caffe-alexnet'));

const parse = <S extends z.ZodType>(schema: S, input: unknown, name: string) =>
  parseOptions(schema, input, { owner: `model "${name}"` });

function alexnet(name: string, plan: AlexnetPlan, choices: Choices): Model {
  const smallest = smallestImage(plan);
  return {
    name,
    build(builder, task) {
      checkTask(name, task, smallest);
      const layers = new Layers(builder, plan, choices);
      const x = builder.input(task.imageShape);
      let y = x;
      for (const convolution of plan.convolutions) y = layers.convolution(y, convolution);
      y = layers.hidden(y);
      return builder.build(name, x, layers.dense(plan.logits, y, task.classes));
    },
  };
}

/** The pieces of a network with its choices. */
class Layers {
  readonly #builder: NetworkBuilder;
  readonly #plan: AlexnetPlan;
  readonly #choices: Choices;

  constructor(builder: NetworkBuilder, plan: AlexnetPlan, choices: Choices) {
    this.#builder = builder;
    this.#plan = plan;
    this.#choices = choices;
  }

  /** Convolution, norm, ReLU, pooling. */
  convolution(x: Value, convolution: AlexnetConvolution): Value {
    const { name, filters, kernel, stride, padding, groups } = convolution;
    const window = { filters, kernel, strides: stride, padding, groups };
    const init = groupedInit(initOf(this.#choices.init, name), groups ?? 1);
    let y = this.#builder.conv2d(name, x, { ...window, ...init });
    y = relu(this.#norm(convolution.norm, y));
    if (convolution.response && this.#choices.norm === 'local-response') y = localResponseNorm(y);
    return convolution.pooled ? maxPool(y, this.#plan.pool) : y;
  }

  /** Hidden dense layers with dropout; the mean of the map where there are none. */
  hidden(map: Value): Value {
    const { hidden, dropout: place } = this.#plan;
    if (hidden.length === 0) return this.#drop(mean(map, [1, 2]));
    let y = flatten(averagePoolTo(map, hiddenMap));
    for (const { name, norm } of hidden) {
      if (place === 'before') y = this.#drop(y);
      y = relu(this.#vectorNorm(norm, this.dense(name, y, 4096)));
      if (place === 'behind') y = this.#drop(y);
    }
    return y;
  }

  dense(name: string, x: Value, units: number): Value {
    return this.#builder.dense(name, x, { units, ...initOf(this.#choices.denseInit, name) });
  }

  #drop(x: Value): Value {
    return dropoutLayer(x, this.#choices.dropout);
  }

  #norm(name: string, x: Value): Value {
    const { norm } = this.#choices;
    return norm === 'local-response' ? x : normLayer(this.#builder, norm, name, x);
  }

  /** Norm of vectors [batch, units], as images of one pixel. */
  #vectorNorm(name: string, x: Value): Value {
    const y = reshape(x, [x.shape[0]!, 1, 1, x.shape[1]!]);
    const z = this.#norm(name, y);
    return z === y ? x : flatten(z);
  }
}

const initOf = (choice: WeightInit | 'caffe', layer: string) =>
  choice === 'caffe' ? caffeInit(layer) : layerInit(choice);

/** The family by registered name. */
export const alexnetParts: Readonly<Record<string, Provision<Model>>> = {
  alexnet: provide({
    description: 'AlexNet as torchvision has it, for 224 x 224 pixels (Krizhevsky 2014)',
    options: alexnetOptions,
    create: ({ options }) => createAlexnet(options),
  }),
  'alexnet-bn': provide({
    description: 'AlexNet without groups and with batch norm, for 227 x 227 pixels (LC)',
    options: alexnetBnOptions,
    create: ({ options }) => createAlexnetBn(options),
  }),
  'alexnet-cifar': provide({
    description: 'AlexNet for CIFAR: five convolutions and one dense layer (DeepHoyer)',
    options: alexnetCifarOptions,
    create: ({ options }) => createAlexnetCifar(options),
  }),
  'caffe-alexnet': provide({
    description:
      'AlexNet as Caffe has it: groups and local response normalization (Krizhevsky et al. 2012)',
    options: caffeAlexnetOptions,
    create: ({ options }) => createCaffeAlexnet(options),
  }),
};
