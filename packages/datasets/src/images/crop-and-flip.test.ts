import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cropAndFlip } from './crop-and-flip.ts';
import type { Placement } from './augmentation.ts';

type Shape = readonly [number, number, number];

const tablesFor = (channels: number) =>
  Array.from({ length: channels }, (_, c) =>
    Float32Array.from({ length: 256 }, (_, byte) => 1000 * (c + 1) + byte),
  );

function cropped(bytes: Uint8Array, shape: Shape, placement: Placement): number[] {
  const to = new Float32Array(bytes.length).fill(NaN);
  const fill = Array.from({ length: shape[2] }, (_, c) => -1 - c);
  cropAndFlip(bytes, placement, { shape, tables: tablesFor(shape[2]), fill }, to);
  return [...to];
}

/** Pads, cuts and mirrors pixel by pixel. */
function slowly(
  bytes: Uint8Array,
  [height, width, channels]: Shape,
  placement: Placement,
): number[] {
  const { top, left, flip } = placement;
  return Array.from(bytes, (_, i) => {
    const [c, x, y] = [
      i % channels,
      Math.floor(i / channels) % width,
      Math.floor(i / channels / width),
    ];
    const [row, column] = [y + top, (flip ? width - 1 - x : x) + left];
    const inside = row >= 0 && row < height && column >= 0 && column < width;
    return inside ? 1000 * (c + 1) + bytes[(row * width + column) * channels + c]! : -1 - c;
  });
}

test('moves an image and fills what comes from outside', () => {
  const bytes = Uint8Array.of(1, 2, 3, 4, 5, 6);
  const shape = [2, 3, 1] as const;
  expect(cropped(bytes, shape, { top: 0, left: 0, flip: false })).toEqual([
    1001, 1002, 1003, 1004, 1005, 1006,
  ]);
  expect(cropped(bytes, shape, { top: 1, left: -1, flip: false })).toEqual([
    -1, 1004, 1005, -1, -1, -1,
  ]);
  expect(cropped(bytes, shape, { top: 1, left: -1, flip: true })).toEqual([
    1005, 1004, -1, -1, -1, -1,
  ]);
});

test('is padding, cutting and mirroring, for every size and place', () => {
  const cases = fc
    .tuple(
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 3 }),
    )
    .chain((shape) => {
      const length = shape[0] * shape[1] * shape[2];
      const offset = fc.integer({ min: -7, max: 7 });
      return fc.record({
        shape: fc.constant(shape),
        bytes: fc.uint8Array({ minLength: length, maxLength: length }),
        placement: fc.record({ top: offset, left: offset, flip: fc.boolean() }),
      });
    });
  fc.assert(
    fc.property(cases, ({ shape, bytes, placement }) => {
      expect(cropped(bytes, shape, placement)).toEqual(slowly(bytes, shape, placement));
    }),
  );
});
