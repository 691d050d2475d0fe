import type { CodebookWeights } from '../compressed-weights.ts';

type Indices = CodebookWeights['indices'];

/** Room for indices into a codebook of `entries` values. */
export function indicesFor(entries: number, length: number): Indices {
  if (entries <= 2 ** 8) return new Uint8Array(length);
  return entries <= 2 ** 16 ? new Uint16Array(length) : new Uint32Array(length);
}

/** Each weight with the nearest value of an ascending codebook, the lower one of two that are equally near. */
export function nearestInCodebook(weights: Float32Array, codebook: Float32Array): CodebookWeights {
  const indices = indicesFor(codebook.length, weights.length);
  const middles = Float64Array.from(
    { length: codebook.length - 1 },
    (_, i) => (codebook[i]! + codebook[i + 1]!) / 2,
  );
  const fill = middles.length <= 8 ? fillByCounting : fillByHalving;
  fill(weights, middles, indices);
  return { kind: 'codebook', codebook, indices };
}

function fillByCounting(weights: Float32Array, middles: Float64Array, indices: Indices): void {
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i]!;
    let index = 0;
    for (let j = 0; j < middles.length; j++) index += weight > middles[j]! ? 1 : 0;
    indices[i] = index;
  }
}

function fillByHalving(weights: Float32Array, middles: Float64Array, indices: Indices): void {
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i]!;
    let [low, high] = [0, middles.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (weight > middles[middle]!) low = middle + 1;
      else high = middle;
    }
    indices[i] = low;
  }
}

/** The weights that indices and codebook stand for. */
export function expandCodebook({ codebook, indices }: CodebookWeights): Float32Array {
  const weights = new Float32Array(indices.length);
  for (let i = 0; i < weights.length; i++) weights[i] = codebook[indices[i]!]!;
  return weights;
}

/** Bits of all indices: ⌈log2 K⌉ for each weight. */
export function indexBits({ codebook, indices }: CodebookWeights): number {
  return bitsFor(codebook.length) * indices.length;
}

/** Bits that tell `entries` things apart. */
export function bitsFor(entries: number): number {
  let bits = 0;
  while (2 ** bits < entries) bits++;
  return bits;
}
