import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import wabt from 'wabt';
import { resampleModule } from './resample-module.ts';
import { resample } from './resample.ts';
import type { Size, View } from './view.ts';

interface Scaling extends View {
  readonly image: Size;
}

const side = fc.integer({ min: 1, max: 24 });
const span = (length: number) =>
  fc
    .tuple(fc.nat(length - 1), fc.nat(length - 1))
    .map(([a, b]) => [Math.min(a, b), Math.abs(a - b) + 1] as const);

const box = (w: number, h: number) =>
  fc
    .tuple(span(w), span(h))
    .map(([[left, width], [top, height]]) => ({ left, top, width, height }));

const scalings: fc.Arbitrary<Scaling> = fc.tuple(side, side, side, side).chain(([w, h, W, H]) =>
  fc.record({
    image: fc.constant({ width: w, height: h }),
    part: box(w, h),
    scaled: fc.constant({ width: W, height: H }),
    window: box(W, H),
    mirrored: fc.boolean(),
  }),
);

/** Weights of the old pixels in new pixel i: the definition, in float64. */
function weights(from: number, to: number, i: number): number[] {
  const support = Math.max(1, from / to);
  const centre = ((i + 0.5) * from) / to - 0.5;
  const triangle = Array.from({ length: from }, (_, k) =>
    Math.max(0, 1 - Math.abs(k - centre) / support),
  );
  const sum = triangle.reduce((a, b) => a + b);
  return triangle.map((value) => value / sum);
}

function expected(data: Uint8Array, { image, part, scaled, window, mirrored }: Scaling): number[] {
  const result: number[] = [];
  for (let y = 0; y < window.height; y++) {
    for (let x = 0; x < window.width; x++) {
      const across = mirrored ? window.width - 1 - x : x;
      const columns = weights(part.width, scaled.width, window.left + across);
      const rows = weights(part.height, scaled.height, window.top + y);
      for (let c = 0; c < 3; c++) {
        let sum = 0;
        rows.forEach((row, r) =>
          columns.forEach(
            (column, k) =>
              (sum += row * column * data[((part.top + r) * image.width + part.left + k) * 3 + c]!),
          ),
        );
        result.push(sum);
      }
    }
  }
  return result;
}

test('is the weighted mean that bilinear scaling with antialiasing means, of the wanted part only', () => {
  fc.assert(
    fc.property(scalings, fc.infiniteStream(fc.nat(255)), (scaling, values) => {
      const { width, height } = scaling.image;
      const data = Uint8Array.from({ length: width * height * 3 }, () =>
        Number(values.next().value),
      );
      const result = resample({ ...scaling.image, data }, scaling);
      const wanted = expected(data, scaling);
      expect(result).toHaveLength(wanted.length);
      // Rounded twice, once for each axis.
      wanted.forEach((value, i) => expect(Math.abs(value - result[i]!)).toBeLessThanOrEqual(1.01));
    }),
    { numRuns: 150 },
  );
});

test('one colour stays that colour', () => {
  fc.assert(
    fc.property(scalings, fc.nat(255), (scaling, value) => {
      const { width, height } = scaling.image;
      const data = new Uint8Array(width * height * 3).fill(value);
      expect(new Set(resample({ ...scaling.image, data }, scaling))).toEqual(new Set([value]));
    }),
  );
});

test('images of any size follow one another', () => {
  // 2 MB do not fit the memory that the module begins with; the small image comes after its growth.
  for (const width of [2, 800, 2]) {
    const data = Uint8Array.from({ length: width * 800 * 3 }, (_, i) => i % 251);
    const scaled = { width: 1, height: 800 };
    const result = resample(
      { width, height: 800, data },
      {
        part: { left: 0, top: 0, width, height: 800 },
        scaled,
        window: { left: 0, top: 0, ...scaled },
        mirrored: false,
      },
    );
    const row = (y: number) => data.subarray(y * width * 3, (y + 1) * width * 3);
    const reds = row(799).filter((_, i) => i % 3 === 0);
    expect(result).toHaveLength(2400);
    expect(Math.abs(result[799 * 3]! - reds.reduce((a, b) => a + b, 0) / width)).toBeLessThan(1);
  }
});

test('the module is what resample.wat says', async () => {
  const assembler = await wabt();
  const text = readFileSync(new URL('resample.wat', import.meta.url), 'utf8');
  const { buffer } = assembler.parseWat('resample.wat', text, { simd: true }).toBinary({});
  // Otherwise: npm run build:wasm
  expect(Buffer.from(buffer).toString('base64')).toBe(resampleModule);
});
