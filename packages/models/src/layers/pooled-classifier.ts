import { mean } from '@pare/graph';
import { z } from 'zod';
import { biasInits, initOption, layerInit } from './weight-init.ts';
import type { NetworkBuilder, Value } from '@pare/graph';

const biasText = "First values of the classifier's bias: in ±1/sqrt(fan in), or 0";

/** Options of the classifier. The defaults are PyTorch's. */
export const classifierOptions = {
  denseInit: initOption('the classifier', 'uniform-fan-in'),
  denseBias: z.boolean().default(true).describe('Whether the classifier has a bias'),
  denseBiasInit: biasInits.optional().describe(`${biasText}; default: as denseInit has it`),
};

/** The options of a classifier whose bias starts at 0, whatever the weights. */
export const zeroBiasClassifierOptions = {
  ...classifierOptions,
  denseBiasInit: biasInits.default('zeros').describe(biasText),
};

/** Mean of each channel over the whole image, then a dense layer of this name. */
export function pooledClassifier(
  builder: NetworkBuilder,
  name: string,
  x: Value,
  options: { readonly classes: number } & z.output<z.ZodObject<typeof classifierOptions>>,
): Value {
  const { classes, denseInit, denseBias, denseBiasInit } = options;
  const init = layerInit(denseInit, denseBiasInit);
  return builder.dense(name, mean(x, [1, 2]), { units: classes, bias: denseBias, ...init });
}
