import { PareError } from '@pare/core';
import { encodedDataset } from '../encoded/encoded-dataset.ts';
import { evaluationTransformOption, trainTransformOption } from '../encoded/transform-options.ts';
import { checkPadding } from '../images/augmentation.ts';
import { resolveNormalization } from '../images/normalization.ts';
import { holdOut } from './hold-out.ts';
import { imagenetNormalization } from './image-file-options.ts';
import { limitImages } from './select-images.ts';
import type { Dataset, Logger, Split } from '@pare/core';
import type { z } from 'zod';
import type { EncodedSource } from '../encoded/encoded-source.ts';
import type { TrainTransform } from '../encoded/transform-options.ts';
import type { ImageFileOptions } from './image-file-options.ts';

/** Sources by split. */
export type Sources = Readonly<Partial<Record<Split, EncodedSource>>>;

/** What a data set of image files is made of. */
export interface ImageFileParts {
  readonly name: string;
  readonly classes: number;
  /** Before images are held out. */
  readonly sources: Sources;
  /** Height and width of the images that it gives. */
  readonly imageSize: number;
  /** Shorter side of evaluation images before their centre is cut out. */
  readonly resize?: number;
  /** What `augment: 'standard'` means; default: a random part resized, and flips. */
  readonly standardAugment?: z.input<typeof trainTransformOption>;
  readonly options: ImageFileOptions;
  readonly source: string;
  readonly log?: Logger;
}

/** Holds out and limits images, and makes a data set of RGB images that are decoded batch by batch. */
export function imageFileDataset(parts: ImageFileParts): Dataset {
  const { name, classes, imageSize, resize, options, source, log } = parts;
  return encodedDataset({
    name,
    classes,
    sources: makeSplits(name, parts.sources, options),
    shape: [imageSize, imageSize, 3],
    transforms: {
      train: checked(trainTransform(parts), imageSize),
      evaluation: evaluationTransformOption.parse({ resize }),
    },
    normalization: resolveNormalization(options.normalization, 3, () => imagenetNormalization),
    options,
    source,
    log,
  });
}

function checked(transform: TrainTransform, side: number): TrainTransform {
  if (transform.crop === 'padded') checkPadding(transform.padding, side, side);
  return transform;
}

function trainTransform({ options: { augment }, standardAugment = {} }: ImageFileParts) {
  if (augment === 'none') return trainTransformOption.parse({ crop: 'center', flip: 0 });
  if (augment === 'standard') return trainTransformOption.parse(standardAugment);
  return augment;
}

function makeSplits(
  name: string,
  sources: Sources,
  { validation, validationSeed, limit }: ImageFileOptions,
): Sources {
  const splits =
    validation === 0
      ? sources
      : { ...sources, ...heldOut(name, sources, validation, validationSeed) };
  const limited = Object.entries(splits).map(
    ([split, images]) => [split, limitImages(images, limit[split as Split])] as const,
  );
  return Object.fromEntries<EncodedSource>(limited);
}

function heldOut(name: string, { train, validation }: Sources, count: number, seed: number) {
  if (train && !validation) return holdOut(train, count, seed);
  const found = validation
    ? `${validation.count} validation images of its own`
    : 'no training images';
  throw new PareError(
    'DATASET_NOTHING_TO_HOLD_OUT',
    `${name}: has ${found}; expected validation: 0, received ${count}. Leave the option out.`,
  );
}
