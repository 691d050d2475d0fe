import { torchShape } from '@pare/core';
import type { Network } from '@pare/graph';
import { pixelsOf } from './run-network.ts';
import type { NetworkData } from './run-network.ts';

// A look-up of Math for each element is slow under Jest.
const { imul } = Math;

/** Numbers in [-1, 1) of a linear congruential generator. */
function hingeSequence(seed: number, count: number): Float64Array {
  let state = seed;
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    state = (imul(1664525, state) + 1013904223) >>> 0;
    values[i] = state / 2 ** 31 - 1;
  }
  return values;
}

/** Tensor j is drawn with the seed 1000 + j, running statistics included. */
const hingeFill: NetworkData['fill'] = (parameter, index) => {
  const { shape, role } = parameter;
  const size = shape.reduce((a, b) => a * b, 1);
  const u = hingeSequence(1000 + index, size);
  const scale = Math.sqrt((3 * torchShape(parameter)[0]!) / size);
  if (shape.length > 1) return u.map((value) => value * scale);
  const aroundOne = role === 'norm-scale' || role === 'running-variance';
  return u.map((value) => (aroundOne ? 1 : 0) + 0.1 * value);
};

/** The fill of the numbers that Hinge's code gave, with two images. */
export function hingeData(network: Network): NetworkData {
  const pixels = hingeSequence(7, pixelsOf(network, 2));
  return { fill: hingeFill, pixel: (i) => pixels[i]!, labels: [0, 0] };
}
