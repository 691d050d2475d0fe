import { types } from 'node:util';

/** Bytes from which handing memory over is cheaper than copying it. */
const large = 4096;

/**
 * Memory of the large arrays in plain data, each once. Small ones are left out: copying costs as little, and codebooks may be
 * constants that serve other steps as well. Parts of larger memory are left out too.
 */
export function largeBuffers(value: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  collect(value, found);
  return [...found];
}

function collect(value: unknown, found: Set<ArrayBuffer>): void {
  if (types.isTypedArray(value)) {
    const { buffer, byteLength } = value;
    const whole = byteLength === buffer.byteLength && byteLength >= large;
    if (whole && types.isArrayBuffer(buffer)) found.add(buffer);
  } else if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) collect(inner, found);
  }
}
