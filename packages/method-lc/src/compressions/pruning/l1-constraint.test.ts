import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { distortion } from '../../testing/distortion.ts';
import { expectNear } from '../../testing/expect-near.ts';
import { oracleVector } from '../../testing/oracle-numbers.ts';
import { stepContext } from '../../testing/step-context.ts';
import { sortedMagnitudes } from '../sorted-magnitudes.ts';
import { ballThreshold, l1Constraint } from './l1-constraint.ts';

const project = (v: Float32Array, radius: number, preset?: 'reference') => {
  const compression = l1Constraint({ radius, preset });
  return compression.decompress(compression.compress(v, stepContext(v.length)));
};
const l1 = (v: Float32Array) => v.reduce((sum, w) => sum + Math.abs(w), 0);
const nonzero = (v: Float32Array) => v.filter((w) => w !== 0).length;
const threshold = (v: Float32Array, radius: number) => ballThreshold(sortedMagnitudes(v), radius);

describe('the l1 constraint', () => {
  test('takes the same off all magnitudes, so that those left sum to the radius', () => {
    const v = Float32Array.of(3, -2, 1, 0.5, -0.25, 0.1);
    expect([...project(v, 3)]).toEqual([2, -1, 0, 0, 0, 0]);
    expect(threshold(v, 3)).toBe(1);
    expectNear([threshold(Float32Array.of(2, -2.1, 2.2), 5)], [0.433333333]);
    expectNear([threshold(oracleVector, 10)], [1.24182822]);
    const projected = project(oracleVector, 10);
    expect(nonzero(projected)).toBe(14);
    expectNear([distortion(oracleVector, projected)], [41.939434418]);
  });

  test('of preset reference does as the authors’ code: it exceeds the radius', () => {
    const v = Float32Array.of(3, -2, 1, 0.5, -0.25, 0.1);
    expect([...project(v, 3, 'reference')]).toEqual([2.125, -1.125, 0.125, 0, 0, 0]);
    const projected = project(oracleVector, 10, 'reference');
    expect(nonzero(projected)).toBe(14);
    expectNear([l1(projected)], [10.019883649]);
    const outside = Float32Array.of(2, -2.1, 2.2);
    expect(project(outside, 5, 'reference')).toEqual(outside);
  });

  test.each([undefined, 'reference' as const])('changes nothing inside the ball (%s)', (preset) => {
    const v = Float32Array.of(1, -0.5, 0);
    expect(project(v, 1.5, preset)).toEqual(v);
    expect(project(v, 100, preset)).toEqual(v);
  });

  test('of radius 0 leaves nothing', () => {
    expect(project(oracleVector, 0)).toEqual(new Float32Array(64));
  });

  test('gives the nearest point of the ball, and changes it no more', () => {
    const vector = fc.array(fc.float({ min: -2, max: 2, noNaN: true }), {
      minLength: 6,
      maxLength: 6,
    });
    fc.assert(
      fc.property(
        vector,
        vector,
        fc.float({ min: Math.fround(0.1), max: 6, noNaN: true }),
        (a, b, radius) => {
          const [v, other] = [Float32Array.from(a), Float32Array.from(b)];
          const feasible = other.map((w) => w * Math.min(1, radius / (l1(other) || 1)));
          const projected = project(v, radius);
          expect(l1(projected)).toBeLessThanOrEqual(radius * (1 + 1e-6));
          expect(distortion(v, projected)).toBeLessThanOrEqual(distortion(v, feasible) + 1e-5);
          expect(distortion(projected, project(projected, radius))).toBeLessThan(1e-12);
        },
      ),
    );
  });

  test('refuses a negative radius', () => {
    expect(() => l1Constraint({ radius: -1 })).toThrow(/l1-constraint.*radius/);
  });
});
