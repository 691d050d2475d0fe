import { definePlugin } from '@pare/core';
import { alexnetParts } from './alexnet.ts';
import { cpreresnet20Parts } from './cpreresnet-20.ts';
import { densenetParts } from './densenet.ts';
import { lenet300100Parts } from './lenet-300-100.ts';
import { lenet5Parts } from './lenet-5.ts';
import { linearParts } from './linear.ts';
import { ninParts } from './nin.ts';
import { preactResnetParts } from './preact-resnet.ts';
import { resnetCifarParts } from './resnet-cifar.ts';
import { resnetParts } from './resnet.ts';
import { resnextParts } from './resnext.ts';
import { vggParts } from './vgg.ts';
import { wideResnetParts } from './wide-resnet.ts';

export {
  createAlexnet,
  createAlexnetBn,
  createAlexnetCifar,
  createCaffeAlexnet,
} from './alexnet.ts';
export {
  alexnetBnOptions,
  alexnetCifarOptions,
  alexnetOptions,
  caffeAlexnetOptions,
} from './alexnet-options.ts';
export { cpreresnet20Options, createCpreresnet20 } from './cpreresnet-20.ts';
export { densenetOptions, createDensenet } from './densenet.ts';
export { lenet300100Options, createLenet300100 } from './lenet-300-100.ts';
export { lenet5Options, createLenet5 } from './lenet-5.ts';
export { linearOptions, createLinear } from './linear.ts';
export { ninOptions, createNin } from './nin.ts';
export { preactResnetOptions, createPreactResnet } from './preact-resnet.ts';
export { resnetCifarOptions, createResnetCifar } from './resnet-cifar.ts';
export { resnetOptions, createResnet } from './resnet.ts';
export { resnextOptions, createResnext } from './resnext.ts';
export { vggOptions } from './vgg-options.ts';
export { createVgg } from './vgg.ts';
export { wideResnetOptions, createWideResnet } from './wide-resnet.ts';

/** The architectures as a plugin. */
export default definePlugin({
  name: '@pare/models',
  core: '^1.0.0',
  provides: {
    model: {
      ...linearParts,
      ...lenet300100Parts,
      ...lenet5Parts,
      ...ninParts,
      ...alexnetParts,
      ...vggParts,
      ...resnetCifarParts,
      ...preactResnetParts,
      ...cpreresnet20Parts,
      ...resnetParts,
      ...wideResnetParts,
      ...resnextParts,
      ...densenetParts,
    },
  },
});
