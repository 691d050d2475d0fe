import { describe, expect, test } from '@jest/globals';
import { channelStatistics, padImages } from './labeled-images.ts';

const images = (shape: [number, number, number], ...values: number[]) => ({
  images: Uint8Array.from(values),
  labels: new Int32Array(values.length / shape[0] / shape[1] / shape[2]),
  shape,
});

describe('padImages', () => {
  test('puts black pixels on every side of every image', () => {
    const padded = padImages(images([1, 2, 1], 1, 2, 3, 4), 1);
    expect(padded.shape).toEqual([3, 4, 1]);
    expect([...padded.images]).toEqual([
      ...[0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0],
      ...[0, 0, 0, 0, 0, 3, 4, 0, 0, 0, 0, 0],
    ]);
  });

  test('refuses more than memory would hold', () => {
    const one = { images: new Uint8Array(1), labels: new Int32Array(1), shape: [1, 1, 1] as const };
    expect(() => padImages(one, 1e9)).toThrow(/pad: 1000000000 pixels.*expected at most/);
  });

  test('keeps channels together', () => {
    const padded = padImages(images([1, 1, 2], 7, 8), 1);
    expect(padded.shape).toEqual([3, 3, 2]);
    expect([...padded.images.subarray(8, 10)]).toEqual([7, 8]);
    expect(padded.images.reduce((a, b) => a + b)).toBe(15);
  });
});

describe('channelStatistics', () => {
  test('gives mean and deviation of each channel for pixels in [0, 1]', () => {
    expect(channelStatistics(images([1, 2, 2], 0, 51, 255, 153))).toEqual({
      mean: [0.5, expect.closeTo(0.4)],
      deviation: [0.5, expect.closeTo(0.2)],
    });
  });

  test('refuses a channel without variation', () => {
    expect(() => channelStatistics(images([1, 2, 1], 5, 5))).toThrow(/deviation is 0/);
  });
});
