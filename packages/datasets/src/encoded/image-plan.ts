import { SeededRandom } from '@pare/core';
import { drawPlacement } from '../images/augmentation.ts';
import { convertPixels } from '../images/convert-pixels.ts';
import { cropAndFlip } from '../images/crop-and-flip.ts';
import { pixelTables } from '../images/normalization.ts';
import { drawColourJitter } from './colour-jitter.ts';
import { drawLighting, lightTables } from './lighting.ts';
import { centerView, randomView } from './view.ts';
import type { Random } from '@pare/core';
import type { Placement } from '../images/augmentation.ts';
import type { PixelTables } from '../images/convert-pixels.ts';
import type { Normalization } from '../images/normalization.ts';
import type { TrainTransform, Transforms } from './transform-options.ts';
import type { Size, View } from './view.ts';

/** What is done to one image of a pass. */
export interface ImagePlan {
  /** What is seen of an image; asked twice it gives the same. */
  view(image: Size): View;
  /** Writes the pixels of the view as normalised float32 numbers. The pixels are left as they are. */
  write(pixels: Uint8Array, to: Float32Array): void;
}

/** What is done to the image at a position of a pass. */
export type ImagePlans = (position: number) => ImagePlan;

/** What plans are made of. */
export interface PlanSettings {
  readonly shape: readonly [number, number, 3];
  readonly transforms: Transforms;
  readonly normalization: Normalization;
}

/** What images of the size of `shape` all start from where no random part is resized. */
export const baseView = ({ shape, transforms }: PlanSettings, image: Size): View =>
  centerView(image, { height: shape[0], width: shape[1] }, transforms.evaluation);

/**
 * Plans of a pass with `seed`; undefined: of a pass in order, where all images get the same. What happens to an image depends on
 * the seed and its position only.
 */
export function imagePlans(settings: PlanSettings, seed: number | undefined): ImagePlans {
  const tables = pixelTables(settings.normalization);
  if (seed !== undefined) return trainPlans(settings, tables, seed);
  const plan: ImagePlan = {
    view: (image) => baseView(settings, image),
    write: (pixels, to) => convertPixels(pixels, tables, to),
  };
  return () => plan;
}

function trainPlans(settings: PlanSettings, tables: PixelTables, seed: number): ImagePlans {
  const { shape, transforms, normalization } = settings;
  const { train } = transforms;
  const draws = new SeededRandom(seed).fork('augmentation');
  const size = { height: shape[0], width: shape[1] };
  return (position) => {
    const random = draws.fork(`${position}`);
    const place = train.crop === 'resized' ? undefined : drawPlace(train, random);
    const changes = drawColourJitter(train, random);
    const light = train.lighting > 0 ? drawLighting(train.lighting, random) : undefined;
    return {
      view: (image) =>
        place ? baseView(settings, image) : randomView(image, size, train, random.fork('view')),
      write(pixels, to) {
        const lit = light ? lightTables(tables, light, normalization) : tables;
        const changed = changes.length > 0 ? pixels.slice() : pixels;
        for (const change of changes) change(changed);
        if (!place) return convertPixels(changed, lit, to);
        const fill = lit.map((table) => (train.fill === 'mean' ? 0 : table[0]!));
        cropAndFlip(changed, place, { shape, tables: lit, fill }, to);
      },
    };
  };
}

/** Where the part of the size of the image lies that is taken, and whether it is mirrored. */
function drawPlace({ crop, padding, fill, flip }: TrainTransform, random: Random): Placement {
  const moved = crop === 'padded' ? padding : 0;
  const place = drawPlacement({ padding: moved, fill, flip: false }, random);
  return { ...place, flip: random.uniform() < flip };
}
