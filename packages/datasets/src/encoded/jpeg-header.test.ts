import { describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { readJpegHeader } from './jpeg-header.ts';
import { fixture } from './testing/pil-fixture.ts';

describe('the header of a JPEG file', () => {
  test.each([
    ['photo.jpg', 160, 120, 3],
    ['grey.jpg', 24, 18, 1],
    ['cmyk.jpg', 24, 18, 4],
    ['progressive.jpg', 24, 18, 3],
    ['red-and-blue-exchanged-by-profile.jpg', 24, 18, 3],
  ])('of %s says its size and channels', (name, width, height, channels) => {
    expect(readJpegHeader(fixture(name))).toEqual({ width, height, channels, complete: true });
  });

  test.each(['alpha.png', 'lossless.webp', 'pil.json'])('is not in %s', (name) => {
    expect(readJpegHeader(fixture(name))).toBeUndefined();
  });

  test('of a file that was cut off anywhere never says that it is complete', () => {
    const photo = fixture('photo.jpg');
    for (let length = 0; length < photo.length; length++) {
      expect(readJpegHeader(photo.subarray(0, length))?.complete).not.toBe(true);
    }
  });

  test('does not take the end of a preview for that of the image', () => {
    const photo = fixture('grey.jpg');
    // An APP1 segment of 6 bytes, which holds the marker that ends a preview.
    const preview = Uint8Array.of(0xff, 0xe1, 0, 6, 0xff, 0xd9, 0xff, 0xd9);
    const parts = [photo.subarray(0, 2), preview, photo.subarray(2)];
    const file = Buffer.concat(parts);
    expect(readJpegHeader(file)).toMatchObject({ width: 24, complete: true });
    expect(readJpegHeader(file.subarray(0, -2))).toMatchObject({ width: 24, complete: false });
  });

  test('agrees with the decoder on sizes above 255', async () => {
    const options = { width: 777, height: 300, channels: 3, background: '#345' } as const;
    const file = await sharp({ create: options }).jpeg().toBuffer();
    expect(readJpegHeader(file)).toMatchObject({ width: 777, height: 300 });
  });
});
