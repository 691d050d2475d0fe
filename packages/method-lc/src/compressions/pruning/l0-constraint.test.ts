import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { distortion } from '../../testing/distortion.ts';
import { expectNear } from '../../testing/expect-near.ts';
import { oracleVector } from '../../testing/oracle-numbers.ts';
import { stepContext } from '../../testing/step-context.ts';
import { l0Constraint } from './l0-constraint.ts';

const prune = (v: Float32Array, kept: number, precision?: number) => {
  const compression = l0Constraint({ kept, precision });
  const theta = compression.compress(v, stepContext(v.length));
  return { theta, delta: compression.decompress(theta), compression };
};

describe('the l0 constraint', () => {
  // The authors' figures; of equal magnitudes the later one stays.
  test.each([
    [3, [0, -2, 0, 0, 0, 2, 0, -1], 70],
    [5, [0, -2, 0, 1, -0.5, 2, 0, -1], 136],
    [6, [0, -2, 0.5, 1, -0.5, 2, 0, -1], 170],
  ])('leaves the %s largest', (kept, expected, bits) => {
    const { theta, delta, compression } = prune(
      Float32Array.of(0.5, -2, 0.5, 1, -0.5, 2, 0.25, -1),
      kept,
    );
    expect([...delta]).toEqual(expected);
    expect([compression.bits(theta), compression.parameters(theta)]).toEqual([bits, kept]);
  });

  test('leaves the authors’ ten of 64', () => {
    const { theta, delta, compression } = prune(oracleVector, 10);
    expect([...theta.indices]).toEqual([16, 21, 24, 26, 36, 50, 53, 56, 57, 62]);
    expectNear([distortion(oracleVector, delta)], [28.358584179]);
    expect(compression.bits(theta)).toBe(324);
  });

  test('leaves nothing for 0 and everything for all', () => {
    expect(prune(oracleVector, 0).delta).toEqual(new Float32Array(64));
    const { theta, compression } = prune(oracleVector, 0);
    expect([compression.bits(theta), compression.storedBits(theta)]).toEqual([0, 0]);
    expect(prune(oracleVector, 64).delta).toEqual(oracleVector);
  });

  test('does not keep zeros', () => {
    const { theta } = prune(Float32Array.of(0, 3, -0, 0), 3);
    expect([...theta.indices]).toEqual([1]);
  });

  test('is nearer than any other choice of as many weights, and changes its result no more', () => {
    const list = fc.array(
      fc.oneof(fc.integer({ min: -2, max: 2 }), fc.float({ min: -2, max: 2, noNaN: true })),
      {
        minLength: 1,
        maxLength: 8,
      },
    );
    fc.assert(
      fc.property(list, fc.nat(255), (weights, set) => {
        const v = Float32Array.from(weights);
        const other = v.map((w, i) => ((set >> i) & 1 ? w : 0));
        const kept = other.filter((_, i) => (set >> i) & 1).length;
        const { delta } = prune(v, kept);
        expect(delta.filter((w) => w !== 0).length).toBeLessThanOrEqual(kept);
        expect(distortion(v, delta)).toBeLessThanOrEqual(distortion(v, other) + 1e-9);
        expect(prune(delta, kept).delta).toEqual(delta);
      }),
    );
  });

  test('keeps half precision where told to', () => {
    const { theta, delta, compression } = prune(Float32Array.of(0.1, 1 / 3, 2), 2, 16);
    // 1/3 in binary16 is 1365/4096.
    expect([...delta]).toEqual([0, 1365 / 4096, 2]);
    // Two gaps from -1, 2 and 1, in units of 2 bits.
    expect(compression.storedBits(theta)).toBe(4 + 2 * 16);
    expect(compression.bits(theta)).toBe(2 + 32);
  });

  test('quantizes what is left to 2^b values where told to', () => {
    const v = Float32Array.of(5, 0.1, 5.5, -3, 0.2, -3.5);
    const { theta, delta, compression } = prune(v, 4, 1);
    expect([...delta]).toEqual([5.25, 0, 5.25, -3.25, 0, -3.25]);
    expect([...theta.codebook!]).toEqual([-3.25, 5.25]);
    // Four gaps of one unit of 2 bits, four indices of 1 bit, two values.
    expect(compression.storedBits(theta)).toBe(4 * 2 + 4 + 2 * 32);
    expect([...prune(v, 1, 3).theta.codebook!]).toEqual([5.5]);
  });

  test.each([-1, 1.5, NaN])('refuses to keep %s weights', (kept) => {
    expect(() => l0Constraint({ kept })).toThrow(/l0-constraint.*kept/);
  });

  test('refuses to keep more than there are, an odd precision, and the result of other weights', () => {
    expect(() => prune(oracleVector, 65)).toThrow('65 weights cannot be left of 64');
    expect(() => l0Constraint({ kept: 1, precision: 17 })).toThrow(/precision/);
    expect(() => l0Constraint({ kept: 1, precision: 0 })).toThrow(/precision/);
    const previous = prune(oracleVector.subarray(0, 5), 1).theta;
    const compress = () =>
      l0Constraint({ kept: 1 }).compress(oracleVector, stepContext(64, { previous }));
    expect(compress).toThrow(/step before has 5 weights; expected 64/);
  });
});
