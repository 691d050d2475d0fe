import { expect } from '@jest/globals';
import { SeededRandom } from '../random/seeded-random.ts';
import type { CompressedForm, Compression, CompressionContext } from '../contracts/compression.ts';

/** The weights of a dense layer with 8 inputs and 8 units. */
const shape = [8, 8] as const;
const count = 64;

const contextFor = (more: Partial<CompressionContext> = {}): CompressionContext => ({
  mu: 1,
  shape,
  random: new SeededRandom(1),
  spatial: 1,
  ...more,
});

/**
 * The laws of a compression, with jest's `expect`: for any μ it gives as many finite weights as there were, the same each
 * time, from plain data that the next step can start from. It projects: what is in its form already stays, or the result is
 * at least not farther from the weights than zero is. Weights that are not finite are refused. `create` makes a fresh one.
 */
export async function checkCompression(create: () => Promise<Compression>): Promise<void> {
  const compression = await create();
  const v = someWeights();
  for (const mu of [0, 1, 100]) {
    const form = compression.compress(v, contextFor({ mu }));
    expect(v).toEqual(someWeights());
    expectForm(form);
    expectProjection(compression, form, mu);
    const again = (await create()).compress(v, contextFor({ mu }));
    expect(again.decompress()).toEqual(form.decompress());
    expect(again.theta).toEqual(form.theta);
    // A checkpoint gives a copy.
    const previous = structuredClone(form.theta);
    expect(previous).toEqual(form.theta);
    expectForm(compression.compress(v, contextFor({ mu, previous })));
  }
  expectOwnMemory(compression);
  for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY]) {
    const broken = someWeights().fill(wrong, 3, 4);
    expect(() => compression.compress(broken, contextFor())).toThrow();
  }
}

function someWeights(): Float32Array {
  const random = new SeededRandom(7);
  return Float32Array.from({ length: count }, () => random.normal());
}

function expectForm(form: CompressedForm): void {
  const delta = form.decompress();
  expect(delta).toHaveLength(count);
  expect(delta.every((weight) => Number.isFinite(weight))).toBe(true);
  for (const size of [form.bits, form.flops ?? 0]) {
    expect(Number.isFinite(size) && size >= 0).toBe(true);
  }
}

function expectProjection(compression: Compression, form: CompressedForm, mu: number): void {
  // Without a pull to the weights a price alone decides.
  if (mu === 0) return;
  const v = someWeights();
  const delta = form.decompress();
  const twice = compression.compress(delta.slice(), contextFor({ mu })).decompress();
  const unmoved = distance(twice, delta) <= 1e-9 * distance(delta, new Float32Array(count));
  const nearer = distance(v, delta) <= distance(v, new Float32Array(count)) * (1 + 1e-6);
  expect({ unmoved, nearer }).not.toEqual({ unmoved: false, nearer: false });
}

const distance = (a: Float32Array, b: Float32Array) =>
  a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0);

function expectOwnMemory(compression: Compression): void {
  const v = someWeights();
  const form = compression.compress(v, contextFor());
  const before = form.decompress().slice();
  v.fill(0);
  form.decompress().fill(0);
  expect(form.decompress()).toEqual(before);
}
