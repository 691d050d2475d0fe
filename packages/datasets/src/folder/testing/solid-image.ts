import sharp from 'sharp';

/** A JPEG file of one grey value (0 to 255) everywhere. */
export const solidImage = (value: number, width: number, height = width): Promise<Uint8Array> =>
  sharp({
    create: { width, height, channels: 3, background: { r: value, g: value, b: value } },
  })
    .jpeg({ quality: 100 })
    .toBuffer();
