import { parseOptions, provide } from '@pare/core';
import { z } from 'zod';
import { cifarData } from './cifar-data.ts';
import { createCifar } from './cifar-dataset.ts';
import { cifar10Kind } from './cifar-kind.ts';
import { cifar10Manifest } from './cifar-manifest.ts';
import { cifarOptions, hingeNormalization, withinImages } from './cifar-options.ts';
import type { Dataset, Provision } from '@pare/core';

const ofAllPixels = { mean: [0.4914, 0.4822, 0.4465], deviation: [0.247, 0.2435, 0.2616] };

/** What the experiments of the papers have. */
const papers = {
  lcs: withinImages,
  hoyer: withinImages,
  bip: ofAllPixels,
  hinge: hingeNormalization,
  // That of ImageNet.
  lc: { mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] },
};

/** Options of `cifar-10`. */
export const cifar10Options = z.strictObject(
  cifarOptions('CIFAR-10', ['lcs', 'hoyer', 'bip', 'hinge', 'lc']),
);

/** CIFAR-10: 50,000 and 10,000 images [32, 32, 3], 10 classes. Errors: README of this package. */
export async function createCifar10(input: z.input<typeof cifar10Options> = {}): Promise<Dataset> {
  const options = parseOptions(cifar10Options, input, { owner: 'dataset "cifar-10"' });
  return createCifar({
    kind: cifar10Kind,
    manifest: cifar10Manifest,
    key: 'labels',
    standard: ofAllPixels,
    papers,
    options,
  });
}

/** The data set by its name. */
export const cifar10Parts: Record<string, Provision<Dataset>> = {
  'cifar-10': provide({
    description: 'CIFAR-10: 60,000 photographs of 32 x 32 pixels in 10 classes',
    options: cifar10Options,
    create: ({ options }) => createCifar10(options),
    data: cifarData(cifar10Kind, cifar10Manifest),
  }),
};
