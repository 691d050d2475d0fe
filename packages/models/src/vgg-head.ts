import { flatten, mean, relu } from '@pare/graph';
import { z } from 'zod';
import { averagePoolTo } from './layers/average-pool-to.ts';
import { dropoutLayer } from './layers/dropout-layer.ts';
import { layerInit } from './layers/weight-init.ts';
import type { NetworkBuilder, Value } from '@pare/graph';
import type { WeightInit } from './layers/weight-init.ts';

/** Option: what turns the last map into logits. */
export const vggHeadOption = z
  .enum(['imagenet', 'linear', 'linear3', 'hidden', 'bip', 'gap'])
  .optional()
  .describe(
    'Dense layers: "imagenet": 4096, 4096, classes on a map of 7 x 7 pixels; "bip": 256, 256, classes on a map of 2 x 2 pixels ' +
      '(larger maps are averaged to these sizes); on the mean of the map: "linear": classes; "gap": classes, without bias (LCS); ' +
      '"hidden": 512, classes (LC); "linear3": 512, 512, classes, without ReLU (Hinge). ' +
      'Default: "imagenet" for images of 224 x 224 pixels and more, "linear" for smaller ones',
  );

/** A head by name. */
export type VggHead = NonNullable<z.output<typeof vggHeadOption>>;

interface HeadPlan {
  /** Pixels a side of the map that is flattened; without it the mean of each channel is taken. */
  readonly map?: number;
  /** Hidden layers. */
  readonly hidden: readonly { readonly name: string; readonly units: number }[];
  /** Hidden layers end in a ReLU; default true. */
  readonly rectified?: boolean;
  readonly logits: string;
  /** The layer of the logits has a bias; default true. */
  readonly bias?: boolean;
  /** Default rate of dropout; default 0. */
  readonly dropout?: number;
  /** Dropout before the first layer, too; default true. */
  readonly dropsMap?: boolean;
}

const hiddenLayers = (units: number, ...numbers: number[]) =>
  numbers.map((number) => ({ name: `classifier.${number}`, units }));

const plans: Readonly<Record<VggHead, HeadPlan>> = {
  imagenet: {
    map: 7,
    hidden: hiddenLayers(4096, 0, 3),
    logits: 'classifier.6',
    dropout: 0.5,
    dropsMap: false,
  },
  linear: { hidden: [], logits: 'classifier' },
  linear3: { hidden: hiddenLayers(512, 0, 1), rectified: false, logits: 'classifier.2' },
  hidden: { hidden: hiddenLayers(512, 1), logits: 'classifier.4', dropout: 0.5 },
  bip: { map: 2, hidden: hiddenLayers(256, 0, 2), logits: 'classifier.4' },
  gap: { hidden: [], logits: 'classifier', bias: false },
};

/** The smallest map, in pixels a side, that a head takes. */
export const smallestMap = (head: VggHead): number => plans[head].map ?? 1;

/** The head used where none is chosen: the original one from 224 pixels a side. */
export const defaultHead = (height: number, width: number): VggHead =>
  Math.min(height, width) >= 224 ? 'imagenet' : 'linear';

/** Choices for a head. */
export interface VggHeadOptions {
  readonly classes: number;
  /** Default: that of the head. */
  readonly dropout?: number;
  readonly init: WeightInit;
}

/** Logits [batch, classes] from the last map. */
export function vggHead(
  builder: NetworkBuilder,
  head: VggHead,
  x: Value,
  options: VggHeadOptions,
): Value {
  const plan = plans[head];
  const { map, rectified = true, dropsMap = true } = plan;
  const rate = options.dropout ?? plan.dropout ?? 0;
  const init = layerInit(options.init);
  const features = map === undefined ? mean(x, [1, 2]) : averagePoolTo(x, map);
  let y = flatten(features);
  if (dropsMap) y = dropoutLayer(y, rate);
  for (const { name, units } of plan.hidden) {
    const z = builder.dense(name, y, { units, ...init });
    y = dropoutLayer(rectified ? relu(z) : z, rate);
  }
  return builder.dense(plan.logits, y, { units: options.classes, bias: plan.bias, ...init });
}
