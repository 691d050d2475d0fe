import { mean } from '@pare/graph';
import { z } from 'zod';
import { biasInitOption, weightInit, weightInitOption } from './weight-init.ts';
import type { NetworkBuilder, Value } from '@pare/graph';

/** Options of the classifier. The defaults are PyTorch's. */
export const classifierOptions = {
  denseInit: weightInitOption.default('uniform-fan-in').describe('First values of the classifier'),
  denseBias: z.boolean().default(true).describe('Whether the classifier has a bias'),
  biasInit: biasInitOption
    .default('uniform-fan-in')
    .describe("First values of the classifier's bias: in ±1/sqrt(fan in), or 0"),
};

/** Mean of each channel over the whole image, then a dense layer of this name. */
export function pooledClassifier(
  builder: NetworkBuilder,
  name: string,
  x: Value,
  options: { readonly classes: number } & z.output<z.ZodObject<typeof classifierOptions>>,
): Value {
  const { classes, denseInit, denseBias, biasInit } = options;
  const init = weightInit(denseInit, biasInit);
  return builder.dense(name, mean(x, [1, 2]), { units: classes, bias: denseBias, ...init });
}
