import { parseOptions, provide } from '@pare/core';
import { z } from 'zod';
import { cifarData } from './cifar-data.ts';
import { createCifar } from './cifar-dataset.ts';
import { cifar100Kind } from './cifar-kind.ts';
import { cifar100Manifest } from './cifar-manifest.ts';
import { cifarOptions, hingeNormalization, withinImages } from './cifar-options.ts';
import type { Dataset, Provision } from '@pare/core';

const ofAllPixels = { mean: [0.5071, 0.4866, 0.4409], deviation: [0.2673, 0.2564, 0.2762] };

/** What the experiments of the papers have; DeepHoyer's and Hinge's code takes the numbers of CIFAR-10. */
const papers = { hoyer: withinImages, bip: ofAllPixels, hinge: hingeNormalization };

/** Options of `cifar-100`. */
export const cifar100Options = z.strictObject({
  labels: z
    .enum(['fine', 'coarse'])
    .default('fine')
    .describe('"fine": 100 classes; "coarse": 20 classes of 5 fine ones each'),
  ...cifarOptions('CIFAR-100', ['hoyer', 'bip', 'hinge']),
});

/** CIFAR-100: 50,000 and 10,000 images [32, 32, 3], 100 or 20 classes. Errors: README of this package. */
export async function createCifar100(
  input: z.input<typeof cifar100Options> = {},
): Promise<Dataset> {
  const options = parseOptions(cifar100Options, input, { owner: 'dataset "cifar-100"' });
  return createCifar({
    kind: cifar100Kind,
    manifest: cifar100Manifest,
    key: `${options.labels}_labels`,
    standard: ofAllPixels,
    papers,
    options,
  });
}

/** The data set by its name. */
export const cifar100Parts: Record<string, Provision<Dataset>> = {
  'cifar-100': provide({
    description: 'CIFAR-100: 60,000 photographs of 32 x 32 pixels in 100 or 20 classes',
    options: cifar100Options,
    create: ({ options }) => createCifar100(options),
    data: cifarData(cifar100Kind, cifar100Manifest),
  }),
};
