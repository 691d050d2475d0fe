import { expect, test } from '@jest/globals';
import { SeededRandom } from '@pare/core';
import { drawLighting, lightTables } from './lighting.ts';

const lights = Array.from({ length: 20000 }, (_, seed) =>
  drawLighting(0.1, new SeededRandom(seed)),
);
const covariance = (a: number, b: number) =>
  lights.reduce((sum, light) => sum + light[a]! * light[b]!, 0) / lights.length;

test('lighting has the covariance of colours in ImageNet, scaled', () => {
  // 0.01 * V diag(0.2175, 0.0188, 0.0045)^2 V', by numpy.
  expect(covariance(0, 0) * 1e4).toBeCloseTo(1.5422, 1);
  expect(covariance(1, 1) * 1e4).toBeCloseTo(1.5959, 1);
  expect(covariance(0, 2) * 1e4).toBeCloseTo(1.5491, 1);
});

test('lighting is added to pixels in [0, 1], before they are divided by the deviation', () => {
  const tables = [Float32Array.of(0, 1), Float32Array.of(2, 3)];
  const normalization = { mean: [0, 0], deviation: [0.5, 0.25] };
  expect(lightTables(tables, [0.125, -0.25], normalization)).toEqual([
    Float32Array.of(0.25, 1.25),
    Float32Array.of(1, 2),
  ]);
});
