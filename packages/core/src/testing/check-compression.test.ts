import { describe, expect, test } from '@jest/globals';
import { checkCompression } from './check-compression.ts';
import type { CompressedForm, Compression } from '../contracts/compression.ts';

function refuseBroken(v: Float32Array): void {
  if (!v.every((weight) => Number.isFinite(weight))) throw new Error('not finite');
}

const formOf = (values: Float32Array): CompressedForm => ({
  theta: { values },
  decompress: () => values.slice(),
  bits: 32 * values.length,
});

/** Rounds to halves; `change` makes another compression of it. */
const halves = (change: Partial<Compression> = {}): Compression => ({
  name: 'halves',
  compress(v) {
    refuseBroken(v);
    return formOf(v.map((weight) => Math.round(2 * weight) / 2));
  },
  ...change,
});

const check = (compress?: Compression['compress']) =>
  checkCompression(() => Promise.resolve(halves(compress && { compress })));

describe('a compression', () => {
  test('that rounds passes', async () => {
    await check();
  });

  test('that only shrinks weights passes: it is nearer than zero', async () => {
    await check((v) => {
      refuseBroken(v);
      return formOf(v.map((weight) => weight / 2));
    });
  });

  test.each<[string, Compression['compress']]>([
    [
      'takes weights that are not finite',
      (v) => formOf(v.map((w) => (Number.isFinite(w) ? w : 0))),
    ],
    ['loses weights', (v) => formOf(v.slice(1))],
    ['gives weights that are not finite', (v) => formOf(v.map((w) => w / 0))],
    ['moves away each time', (v) => formOf(v.map((w) => 3 * w + 1))],
    ['depends on chance of its own', (v, { mu }) => formOf(v.map((w) => w * (mu + counter++)))],
    ['shares memory with the weights', (v) => ({ ...formOf(v), decompress: () => v })],
    ['has a size that is no number', (v) => ({ ...formOf(v.slice()), bits: Number.NaN })],
    ['has functions in its data', (v) => ({ ...formOf(v), theta: { f: () => 1 } as never })],
  ])('that %s fails', async (title, compress) => {
    const refusing: Compression['compress'] = (v, context) => {
      if (title !== 'takes weights that are not finite') refuseBroken(v);
      return compress(v, context);
    };
    await expect(check(refusing)).rejects.toThrow();
  });

  test('that changes the weights it gets fails', async () => {
    const changing: Compression['compress'] = (v) => {
      refuseBroken(v);
      return formOf(v.fill(0).slice());
    };
    await expect(check(changing)).rejects.toThrow();
  });
});

let counter = 0;
