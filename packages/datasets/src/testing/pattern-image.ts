import sharp from 'sharp';

/** A JPEG file of a pattern that is another for each seed, so that crops and flips are seen. */
export function patternImage(seed: number, size: number): Promise<Uint8Array> {
  const pixels = Uint8Array.from({ length: 3 * size * size }, (_, i) => {
    const [x, y, c] = [Math.floor(i / 3) % size, Math.floor(i / 3 / size), i % 3];
    return (37 * seed + 7 * x + 3 * y + 80 * c) % 256;
  });
  return sharp(pixels, { raw: { width: size, height: size, channels: 3 } })
    .jpeg({ quality: 90 })
    .toBuffer();
}
