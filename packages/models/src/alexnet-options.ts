import { z } from 'zod';
import { normOption } from './layers/norm-layer.ts';
import { dropoutRate } from './layers/dropout-layer.ts';
import { initOption, weightInits } from './layers/weight-init.ts';

const torchInits = {
  init: initOption('the convolutions', 'uniform-fan-in'),
  denseInit: initOption('the dense layers', 'uniform-fan-in'),
};

/** Hidden dense layers have norms, too, and a single pixel has no variance. */
const norms = normOption.exclude(['instance']);

const normText = 'after all layers but the last: "batch", "group" (up to 32 groups)';

const dropout = dropoutRate.default(0.5).describe('Dropout rate at the hidden dense layers');

/** Options of `alexnet`. */
export const alexnetOptions = z.strictObject({
  norm: norms.default('none').describe(`Normalisation ${normText} or "none"`),
  dropout,
  ...torchInits,
});

/** Options of `alexnet-bn`. */
export const alexnetBnOptions = alexnetOptions.extend({
  norm: norms.default('batch').describe(`Normalisation ${normText} or "none"`),
});

/** Options of `alexnet-cifar`. */
export const alexnetCifarOptions = z.strictObject({
  norm: normOption.default('none'),
  dropout: dropoutRate.default(0).describe('Dropout rate before the classifier'),
  ...torchInits,
});

const caffeInitOption = (text: string) =>
  z
    .enum(['caffe', ...weightInits.options])
    .default('caffe')
    .describe(
      `First values of ${text}, biases 0, in conv2, conv4, conv5, fc6 and fc7 0.1; the others: as for "alexnet"`,
    );

/** Options of `caffe-alexnet`. */
export const caffeAlexnetOptions = z.strictObject({
  norm: z
    .enum(['local-response', ...norms.options])
    .default('local-response')
    .describe(
      `Normalisation: "local-response" across channels behind the first two ReLUs, or ${normText} or "none"`,
    ),
  dropout,
  init: caffeInitOption('the convolutions: "caffe": normal with deviation 0.01'),
  denseInit: caffeInitOption('the dense layers: "caffe": normal with deviation 0.005, in fc8 0.01'),
});
