import { maxPool, relu } from '@pare/graph';
import { z } from 'zod';
import { checkTask } from './check-task.ts';
import { convLayers } from './conv-layers.ts';
import { normOption } from './norm-layer.ts';
import { classifierOptions, pooledClassifier } from './pooled-classifier.ts';
import { stages } from './stages.ts';
import { weightInitOption } from './weight-init.ts';
import type { Model } from '@pare/core';
import type { Value } from '@pare/graph';
import type { ConvLayers } from './conv-layers.ts';

/** Options of every network of this form. The defaults are torchvision's. */
export const residualOptions = z.strictObject({
  norm: normOption.default('batch'),
  init: weightInitOption.default('he-normal-fan-out').describe('First values of the convolutions'),
  ...classifierOptions,
});

/** A kind of first layers. */
export type Stem = keyof typeof stems;

/** What makes the network. */
export interface ResidualDesign {
  readonly name: string;
  readonly stem: Stem;
  /** Blocks of each stage. */
  readonly counts: readonly number[];
  /** One block with layers `<name>.conv1` and so on. */
  readonly block: (
    layers: ConvLayers,
    name: string,
    x: Value,
    place: { readonly stage: number; readonly stride: number },
  ) => Value;
}

/** First layers `conv1` and `bn1` with 64 channels; residual blocks `layer1.0` ...; the classifier `fc`. */
export function residualNetwork(
  { name, stem, counts, block }: ResidualDesign,
  options: z.output<typeof residualOptions>,
): Model {
  return {
    name,
    build(builder, task) {
      checkTask(name, task);
      const layers = convLayers(builder, options);
      const x = builder.input(task.imageShape);
      const y = stages(stems[stem](layers, x), counts, (from, { stage, index, stride }) =>
        block(layers, `layer${stage + 1}.${index}`, from, { stage, stride }),
      );
      const logits = pooledClassifier(builder, 'fc', y, { ...options, classes: task.classes });
      return builder.build(name, x, logits);
    },
  };
}

const plainStem =
  (kernel: number, stride = 1) =>
  (layers: ConvLayers, x: Value): Value =>
    relu(layers.norm('bn1', layers.conv('conv1', x, { filters: 64, kernel, stride })));

const stems = {
  imagenet: (layers: ConvLayers, x: Value): Value =>
    maxPool(plainStem(7, 2)(layers, x), { size: 3, strides: 2, padding: 1 }),
  cifar: plainStem(3),
  pointwise: plainStem(1),
} as const;
