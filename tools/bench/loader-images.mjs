import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import sharp from 'sharp';

import { SeededRandom } from '@pare/core';

const [WIDTH, HEIGHT, CLASSES] = [500, 375, 2];

/**
 * Child process: writes images like photographs (smooth patches of several sizes, edges, noise), the same each time, as JPEG
 * files of quality 90 in class folders. Arguments: folder and number of images.
 */
const [folder, count] = [process.argv[2], Number(process.argv[3])];
for (let label = 0; label < CLASSES; label++) mkdirSync(join(folder, `class-${label}`));
for (let image = 0; image < count; image++) {
  const random = new SeededRandom(image);
  const path = join(folder, `class-${image % CLASSES}`, `${image}.jpg`);
  // 4:2:0, as cameras have it.
  await (await photograph(random)).jpeg({ quality: 90 }).toFile(path);
}
console.log(JSON.stringify({ count }));

async function photograph(random) {
  const layers = [];
  for (const [cells, strength] of [
    [4, 90],
    [12, 50],
    [40, 30],
    [160, 16],
  ]) {
    layers.push({ strength, pixels: await patches(random, cells) });
  }
  const pixels = new Uint8ClampedArray(WIDTH * HEIGHT * 3);
  for (let i = 0; i < pixels.length; i++) {
    pixels[i] =
      128 + layers.reduce((sum, layer) => sum + layer.strength * (layer.pixels[i] / 64 - 2), 0);
  }
  return sharp(pixels, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } });
}

/** Random colours of a coarse grid, enlarged smoothly; more grey than colour. */
function patches(random, cells) {
  const [width, height] = [cells, Math.ceil((cells * HEIGHT) / WIDTH)];
  const grid = new Uint8ClampedArray(width * height * 3);
  for (let i = 0; i < grid.length; i += 3) {
    const grey = random.normal();
    for (let c = 0; c < 3; c++) grid[i + c] = 128 + 64 * (0.8 * grey + 0.6 * random.normal());
  }
  return sharp(grid, { raw: { width, height, channels: 3 } })
    .resize(WIDTH, HEIGHT, { fit: 'fill', kernel: 'cubic' })
    .raw()
    .toBuffer();
}
