import type { SafetensorsTensor } from '../artifact/safetensors.ts';

/** Values of a tensor of floating-point numbers as float32; undefined for other types. */
export function floatValues({ dtype, data }: SafetensorsTensor): Float32Array | undefined {
  switch (dtype) {
    case 'F32':
      return data as Float32Array;
    case 'F64':
      return Float32Array.from(data as Float64Array);
    case 'BF16':
      return fromBfloat16(data as Uint16Array);
    case 'F16':
      return Float32Array.from(data as Uint16Array, fromFloat16);
    default:
      return undefined;
  }
}

/** The upper half of a float32. */
function fromBfloat16(bits: Uint16Array): Float32Array {
  return new Float32Array(Uint32Array.from(bits, (each) => each << 16).buffer);
}

/** IEEE 754 binary16: sign, 5 bits of exponent, 10 of fraction. */
function fromFloat16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = (bits & 1023) / 1024;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * fraction * 2 ** -14;
  return sign * (1 + fraction) * 2 ** (exponent - 15);
}
