import { torchShape } from '@pare/core';
import type { NetworkRun } from './run-network.ts';

// A look-up of Math for each element is slow under Jest.
const { imul } = Math;

/** Numbers in [-1, 1) of the generator mulberry32. */
export function mulberry(seed: number, count: number): Float32Array {
  let a = seed | 0;
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    a = (a + 0x6d2b79f5) | 0;
    let t = imul(a ^ (a >>> 15), a | 1);
    t ^= t + imul(t ^ (t >>> 7), t | 61);
    values[i] = 2 * (((t ^ (t >>> 14)) >>> 0) / 2 ** 32) - 1;
  }
  return values;
}

/** Hash FNV-1a of a text, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const letter of text) value = imul(value ^ letter.charCodeAt(0), 0x01000193);
  return value >>> 0;
}

/** The fill of the numbers that LCS's networks gave: the name of a parameter is its seed. Running statistics are 0 and 1. */
export const nameFill: NetworkRun['fill'] = (parameter) => {
  const { shape, role, name } = parameter;
  const size = shape.reduce((a, b) => a * b, 1);
  if (!parameter.trainable) return new Float64Array(size).fill(role === 'running-mean' ? 0 : 1);
  const u = mulberry(hash(name), size);
  const scale = Math.sqrt((6 * torchShape(parameter)[0]!) / size);
  if (shape.length > 1) return u.map((value) => value * scale);
  return u.map((value) => (role === 'norm-scale' ? 1 + 0.2 * value : 0.1 * value));
};
