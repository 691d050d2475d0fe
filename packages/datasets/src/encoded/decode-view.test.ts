import { describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { decodeView } from './decode-view.ts';
import { bytesOf, fixture, pil } from './testing/pil-fixture.ts';
import { centerView, wholeOf } from './view.ts';
import type { Size, View } from './view.ts';

const whole = (image: Size): View => ({
  part: wholeOf(image),
  scaled: image,
  window: wholeOf(image),
  mirrored: false,
});

async function decode(bytes: Uint8Array, choose: (image: Size) => View = whole): Promise<number[]> {
  let result: number[] = [];
  await decodeView({ sharp }, { name: 'a.jpg', bytes }, choose, (data) => (result = [...data]));
  return result;
}

const differences = (a: readonly number[], b: readonly number[]) =>
  a.map((value, i) => Math.abs(value - b[i]!));
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

describe('what PIL converts to RGB becomes the same bytes here', () => {
  test.each(Object.entries(pil.images))('%s', async (name, rgb) => {
    expect(await decode(fixture(name))).toEqual(bytesOf(rgb));
  });
});

describe('parts that are scaled', () => {
  test.each(pil.views)('from $part to $scaled are bit for bit those of PIL', async (view) => {
    const { part, scaled } = view;
    const choose = () => ({ part, scaled, window: wholeOf(scaled), mirrored: false });
    expect(await decode(fixture('photo.jpg'), choose)).toEqual(bytesOf(view.rgb));
  });

  test('of a file that is decoded whole first are the same', async () => {
    const { part, scaled, rgb } = pil.views[1]!;
    const png = await sharp(fixture('photo.jpg')).png().toBuffer();
    const choose = () => ({ part, scaled, window: wholeOf(scaled), mirrored: false });
    expect(await decode(png, choose)).toEqual(bytesOf(rgb));
  });

  test('and cut as for evaluation are those of Resize and CenterCrop', async () => {
    const shape = { width: 32, height: 32 };
    const choose = (image: Size) => centerView(image, shape, { resize: 40 });
    expect(await decode(fixture('photo.jpg'), choose)).toEqual(bytesOf(pil.center));
  });

  test.each(['png', 'jpeg'] as const)(
    'differ by less than a grey level on average where the decoder makes a large %s smaller',
    async (format) => {
      // More than 2^20 pixels; its upper half has fewer, and is scaled the exact way.
      const fill = { fit: 'fill' } as const;
      const large = await sharp(fixture('photo.jpg')).resize(1200, 900, fill)[format]().toBuffer();
      const view = (height: number, scaledHeight: number) => () => {
        const scaled = { width: 160, height: scaledHeight };
        const part = { left: 0, top: 0, width: 1200, height };
        return { part, scaled, window: wholeOf(scaled), mirrored: false };
      };
      const byDecoder = await decode(large, view(900, 120));
      const exact = await decode(large, view(450, 60));
      // Without the rows that see the lower half.
      const difference = mean(differences(exact.slice(0, 160 * 3 * 58), byDecoder));
      expect(difference).toBeLessThan(1);
      expect(difference).toBeGreaterThan(0);
    },
  );
});

describe('files that are no images are errors that name them', () => {
  const photo = fixture('photo.jpg');
  test.each([
    ['empty', new Uint8Array(0), /^a\.jpg: cannot be decoded: the file is empty\.$/],
    [
      'of something else',
      Buffer.from('<html></html>'),
      /^a\.jpg: cannot be decoded: .*unsupported/,
    ],
    ['cut off in the header', photo.subarray(0, 100), /^a\.jpg: cannot be decoded: /],
    ['cut off in the picture', photo.subarray(0, 3000), /^a\.jpg: cannot be decoded: .*end/i],
  ])('%s', async (_, bytes, message) => {
    await expect(decode(bytes)).rejects.toMatchObject({
      code: 'DATASET_BAD_IMAGE',
      message: expect.stringMatching(message),
    });
  });

  test('cut off below the part that is wanted', async () => {
    const part = { left: 0, top: 0, width: 16, height: 16 };
    const choose = () => ({ part, scaled: part, window: part, mirrored: false });
    expect(await decode(photo, choose)).toHaveLength(16 * 16 * 3);
    const most = photo.subarray(0, photo.length - 500);
    await expect(decode(most, choose)).rejects.toMatchObject({ code: 'DATASET_BAD_IMAGE' });
  });
});
