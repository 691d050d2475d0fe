import { describe, expect, test } from '@jest/globals';
import { holdOut } from './hold-out.ts';
import { limitImages } from './select-images.ts';
import type { EncodedSource } from '../encoded/encoded-source.ts';

/** Ten images in two classes; counts how often it is closed. */
function tenImages(): EncodedSource & { closed: number } {
  return {
    closed: 0,
    count: 10,
    nameOf: (index) => `image ${index}`,
    read: (index) => Promise.resolve({ bytes: Uint8Array.of(index), label: Math.floor(index / 5) }),
    close() {
      this.closed++;
      return Promise.resolve();
    },
  };
}

const all = (source: EncodedSource) =>
  Promise.all(Array.from({ length: source.count }, (_, i) => source.read(i)));
const numbers = async (source: EncodedSource) => (await all(source)).map(({ bytes }) => bytes[0]!);

describe('images held out', () => {
  test('are chosen by the seed, and none is in both parts', async () => {
    const { train, validation } = holdOut(tenImages(), 3, 1);
    const [kept, held] = [await numbers(train), await numbers(validation)];
    expect([...kept, ...held].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(held).toHaveLength(3);
    for (const part of [kept, held]) expect(part).toEqual([...part].sort((a, b) => a - b));
    expect(await numbers(holdOut(tenImages(), 3, 1).validation)).toEqual(held);
    expect(await numbers(holdOut(tenImages(), 3, 2).validation)).not.toEqual(held);
    expect(validation.nameOf(0)).toBe(`image ${held[0]}`);
  });

  test('leave something to train on, or it is an error', () => {
    expect(() => holdOut(tenImages(), 10, 0)).toThrow(
      /validation: must be smaller than the 10 training images; received 10/,
    );
  });

  test('share a source that is closed once', async () => {
    const source = tenImages();
    const { train, validation } = holdOut(source, 3, 1);
    await train.close!();
    await validation.close!();
    expect(source.closed).toBe(1);
  });
});

describe('a limit', () => {
  test('keeps images of all classes, evenly', async () => {
    const limited = limitImages(tenImages(), 4);
    expect(await numbers(limited)).toEqual([0, 2, 5, 7]);
    expect((await all(limited)).map(({ label }) => label)).toEqual([0, 0, 1, 1]);
    expect(limited.nameOf(2)).toBe('image 5');
  });

  test('above the number of images, or none, changes nothing', () => {
    const source = tenImages();
    expect(limitImages(source, 10)).toBe(source);
    expect(limitImages(source, undefined)).toBe(source);
  });
});
