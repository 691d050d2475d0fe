import { definePlugin, provide } from '@pare/core';
import { cifar100Parts } from './cifar/cifar-100.ts';
import { cifar10Parts } from './cifar/cifar-10.ts';
import { createFashionMnist, fashionMnistData, fashionMnistOptions } from './fashion-mnist.ts';
import { imageFolderParts } from './image-folder.ts';
import { imagenetParts } from './imagenet.ts';
import { createMnist, mnistData, mnistOptions } from './mnist.ts';
import { svhnParts } from './svhn/svhn.ts';
import { createSynthetic, syntheticOptions } from './synthetic.ts';
import { tinyImagenetParts } from './tiny-imagenet.ts';

export { mnistOptions, createMnist } from './mnist.ts';
export { fashionMnistOptions, createFashionMnist } from './fashion-mnist.ts';
export { syntheticOptions, createSynthetic } from './synthetic.ts';
export { cifar10Options, createCifar10 } from './cifar/cifar-10.ts';
export { cifar100Options, createCifar100 } from './cifar/cifar-100.ts';
export { svhnOptions, createSvhn } from './svhn/svhn.ts';
export { imageFolderOptions, createImageFolder } from './image-folder.ts';
export { tinyImagenetOptions, createTinyImagenet } from './tiny-imagenet.ts';
export { imagenetOptions, createImagenet } from './imagenet.ts';
export { readPickle } from './pickle/read-pickle.ts';
export { openLmdb } from './lmdb/open-lmdb.ts';
export { openImageLmdb } from './lmdb/open-image-lmdb.ts';
export type { EncodedImage, EncodedSource } from './encoded/encoded-source.ts';
export { dataDirectory } from './files/data-directory.ts';
export { dataHint } from './files/data-hint.ts';
export { checkFiles } from './files/check-files.ts';
export { fetchFiles } from './files/fetch-files.ts';
export type { FetchFilesOptions } from './files/fetch-files.ts';
export { manifestData } from './files/manifest-data.ts';

/** The data sets as a plugin. */
export default definePlugin({
  name: '@pare/datasets',
  core: '^1.0.0',
  provides: {
    dataset: {
      mnist: provide({
        description: 'MNIST: 70,000 handwritten digits of 28 x 28 pixels',
        options: mnistOptions,
        create: ({ options }) => createMnist(options),
        data: mnistData,
      }),
      'fashion-mnist': provide({
        description: 'Fashion-MNIST: 70,000 images of clothes of 28 x 28 pixels',
        options: fashionMnistOptions,
        create: ({ options }) => createFashionMnist(options),
        data: fashionMnistData,
      }),
      ...cifar10Parts,
      ...cifar100Parts,
      ...svhnParts,
      ...tinyImagenetParts,
      ...imagenetParts,
      ...imageFolderParts,
      synthetic: provide({
        description: 'Made-up images that a network can learn, from a seed',
        options: syntheticOptions,
        create: ({ options }) => createSynthetic(options),
      }),
    },
  },
});
