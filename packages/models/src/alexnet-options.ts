import { z } from 'zod';
import { normOption } from './norm-layer.ts';
import { layerInitOption, weightInitOption } from './weight-init.ts';

const rate = z.number().min(0).lt(1);

const init = layerInitOption('First weights', 'uniform-fan-in');

/** Hidden dense layers have norms, too, and a single pixel has no variance. */
const norms = normOption.exclude(['instance']);

const normText = 'after all layers but the last: "batch", "group" (up to 32 groups)';

const dropout = rate.default(0.5).describe('Dropout rate at the hidden dense layers');

/** Options of `alexnet`. */
export const alexnetOptions = z.strictObject({
  norm: norms.default('none').describe(`Normalisation ${normText} or "none"`),
  dropout,
  init,
});

/** Options of `alexnet-bn`. */
export const alexnetBnOptions = alexnetOptions.extend({
  norm: norms.default('batch').describe(`Normalisation ${normText} or "none"`),
});

/** Options of `alexnet-cifar`. */
export const alexnetCifarOptions = z.strictObject({
  norm: normOption.default('none'),
  dropout: rate.default(0).describe('Dropout rate before the classifier'),
  init,
});

/** Options of `caffe-alexnet`. */
export const caffeAlexnetOptions = z.strictObject({
  norm: z
    .enum(['local-response', ...norms.options])
    .default('local-response')
    .describe(
      `Normalisation: "local-response" across channels behind the first two ReLUs, or ${normText} or "none"`,
    ),
  dropout,
  init: z
    .enum(['caffe', ...weightInitOption.options])
    .default('caffe')
    .describe(
      'First values: "caffe": weights normal with deviation 0.01, in fc6 and fc7 0.005, biases 0, in conv2, conv4, conv5, fc6 and fc7 0.1; the others: as for "alexnet"',
    ),
});
