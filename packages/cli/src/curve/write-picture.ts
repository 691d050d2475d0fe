import { extname } from 'node:path';
import { PareError, writeAtomically } from '@pare/core';

/** Pixels of a picture for each unit of the drawing. */
const density = 2;
/** Pixels in an inch for which an SVG unit is one pixel. */
const svgDensity = 72;

const loadSharp = async () => (await import('sharp')).default;

/** Writes a drawing as `.svg` or `.png`. Throws USAGE for other names, PACKAGE_NOT_INSTALLED where PNG needs a package. */
export async function writePicture(
  file: string,
  svg: string,
  load: typeof loadSharp = loadSharp,
): Promise<void> {
  switch (extname(file).toLowerCase()) {
    case '.svg':
      return writeAtomically(file, [`${svg}\n`]);
    case '.png':
      return writeAtomically(file, [await toPng(svg, load)]);
    default:
      throw new PareError('USAGE', `Pictures are .svg or .png files; received "${file}".`);
  }
}

/** Text is drawn in the fonts of this machine. */
async function toPng(svg: string, load: typeof loadSharp): Promise<Uint8Array> {
  const sharp = await load().catch((error: unknown) => {
    throw new PareError(
      'PACKAGE_NOT_INSTALLED',
      `PNG pictures are made by the npm package sharp, which cannot be loaded: ${(error as Error).message.split('\n')[0]}. Install it where Pare is installed (npm install sharp), or write an .svg file.`,
      { cause: error },
    );
  });
  return sharp(Buffer.from(svg), { density: density * svgDensity })
    .png()
    .toBuffer();
}
