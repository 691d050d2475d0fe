import { torchShape } from '@pare/core';
import { pixelsOf } from './run-network.ts';
import type { Network, Parameter } from '@pare/graph';
import type { NetworkData } from './run-network.ts';

// A look-up of Math for each element is slow under Jest.
const { imul } = Math;

/** Numbers in [-1, 1) of the generator mulberry32. */
function mulberry(seed: number, count: number): Float32Array {
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

/** What the original's parameter was called, where it differs. */
type Rename = (parameter: Parameter) => string;

const nameFill =
  (rename: Rename): NetworkData['fill'] =>
  (parameter) => {
    const { shape, role } = parameter;
    const size = shape.reduce((a, b) => a * b, 1);
    if (!parameter.trainable) return new Float64Array(size).fill(role === 'running-mean' ? 0 : 1);
    const u = mulberry(hash(rename(parameter)), size);
    const scale = Math.sqrt((6 * torchShape(parameter)[0]!) / size);
    if (shape.length > 1) return u.map((value) => value * scale);
    return u.map((value) => (role === 'norm-scale' ? 1 + 0.2 * value : 0.1 * value));
  };

/**
 * The fill of the numbers that LCS's networks gave: the name of a parameter is its seed, running statistics are 0 and 1;
 * with as many images as there are labels.
 */
export function nameData(
  network: Network,
  labels: readonly number[] = [3, 7],
  rename: Rename = ({ name }) => name,
): NetworkData {
  const pixels = mulberry(3, pixelsOf(network, labels.length));
  return { fill: nameFill(rename), pixel: (i) => pixels[i]!, labels };
}
