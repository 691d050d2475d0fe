import { describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { decodeView } from './decode-view.ts';
import { bytesOf, fixture, pil } from './testing/pil-fixture.ts';
import { importTurboDecoder, loadTurboDecoder } from './turbo-decoder.ts';
import { wholeOf } from './view.ts';
import type { Size, View } from './view.ts';

const turbo = loadTurboDecoder();
const whole = (image: Size): View => ({
  part: wholeOf(image),
  scaled: image,
  window: wholeOf(image),
  mirrored: false,
});

async function decode(bytes: Uint8Array, choose: (image: Size) => View = whole): Promise<number[]> {
  let result: number[] = [];
  const decoders = { sharp, turbo: await turbo };
  await decodeView(decoders, { name: 'a.jpg', bytes }, choose, (data) => (result = [...data]));
  return result;
}

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

describe('the fast decoder', () => {
  test('is near to PIL, but not the same', async () => {
    const { part, scaled, rgb } = pil.views[1]!;
    const ours = await decode(fixture('photo.jpg'), () => ({ ...whole(scaled), part }));
    const theirs = bytesOf(rgb);
    const differences = ours.map((value, i) => Math.abs(value - theirs[i]!));
    expect(ours).toHaveLength(theirs.length);
    expect(mean(differences)).toBeLessThan(1.5);
    expect(Math.max(...differences)).toBeLessThanOrEqual(5);
    expect(mean(differences)).toBeGreaterThan(0);
  });

  test.each(['alpha.png', 'cmyk.jpg', 'lossless.webp'])(
    'leaves %s to the other one',
    async (name) => {
      expect(await decode(fixture(name))).toEqual(bytesOf(pil.images[name]!));
    },
  );

  test('gives images of other sizes one after another, and side by side', async () => {
    const names = ['grey.jpg', 'photo.jpg', 'progressive.jpg', 'grey.jpg'];
    const alone: number[][] = [];
    for (const name of names) alone.push(await decode(fixture(name)));
    expect(alone.map(({ length }) => length)).toEqual([1296, 57600, 1296, 1296]);
    expect(alone[3]).toEqual(alone[0]);
    expect(await Promise.all(names.map((name) => decode(fixture(name))))).toEqual(alone);
  });

  test('finds fault with the same files', async () => {
    const photo = fixture('photo.jpg');
    const broken = Uint8Array.from(photo);
    // The tables that the picture is decoded with.
    broken.fill(255, 300, 500);
    for (const bytes of [photo.subarray(0, 3000), broken]) {
      await expect(decode(bytes)).rejects.toMatchObject({ code: 'DATASET_BAD_IMAGE' });
    }
  });

  test('that is not installed is an error that says what to do', async () => {
    const missing = () => Promise.reject(new Error("Cannot find package '@julusian/jpeg-turbo'."));
    await expect(importTurboDecoder(missing)).rejects.toMatchObject({
      code: 'DATASET_DECODER_NOT_FOUND',
      message: expect.stringMatching(/Install it .* or set "jpegDecoder" to "sharp"\.$/),
    });
  });
});
