import { z } from 'zod';
import { checkTask } from '../check-task.ts';
import { convLayers } from '../layers/conv-layers.ts';
import { normOption } from '../layers/norm-layer.ts';
import { classifierOptions, pooledClassifier } from '../layers/pooled-classifier.ts';
import { stages } from './stages.ts';
import { initOption } from '../layers/weight-init.ts';
import type { Model, ModelTask } from '@pare/core';
import type { Value } from '@pare/graph';
import type { ConvLayers } from '../layers/conv-layers.ts';
import type { BlockPlace } from './stages.ts';

/** Options of every network of residual blocks. The defaults are torchvision's. */
export const residualOptions = z.strictObject({
  norm: normOption.default('batch'),
  init: initOption('the convolutions', 'he-normal-fan-out'),
  ...classifierOptions,
});

/** Choices of a network of residual blocks. */
export type ResidualChoices = z.output<typeof residualOptions> & {
  /** Biases in all convolutions; default false. */
  readonly bias?: boolean;
};

/** What makes the network. */
export interface ResidualDesign {
  readonly name: string;
  readonly stem: (layers: ConvLayers, x: Value) => Value;
  /** Blocks of each stage. */
  readonly counts: readonly number[];
  /** One block with layers `<name>.conv1` and so on. */
  readonly block: (layers: ConvLayers, name: string, x: Value, place: BlockPlace) => Value;
  /** Default: `layer<stage>.<index>`, stages from 1. */
  readonly blockName?: (place: BlockPlace) => string;
  /** What follows the last block, before the pooling; default: nothing. */
  readonly tail?: (layers: ConvLayers, x: Value) => Value;
  /** Refuses images that do not fit; default: any size does. */
  readonly check?: (task: ModelTask) => void;
}

const torchvisionName = ({ stage, index }: BlockPlace) => `layer${stage + 1}.${index}`;

/** First layers, stages of residual blocks, and a classifier `fc` on the mean of the last map. */
export function residualNetwork(design: ResidualDesign, choices: ResidualChoices): Model {
  const { name, stem, counts, block, blockName = torchvisionName } = design;
  return {
    name,
    build(builder, task) {
      checkTask(name, task);
      design.check?.(task);
      const layers = convLayers(builder, choices);
      const x = builder.input(task.imageShape);
      const last = stages(stem(layers, x), counts, (y, place) =>
        block(layers, blockName(place), y, place),
      );
      const features = design.tail?.(layers, last) ?? last;
      const head = { ...choices, classes: task.classes };
      return builder.build(name, x, pooledClassifier(builder, 'fc', features, head));
    },
  };
}
