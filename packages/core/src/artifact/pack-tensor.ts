import { PareError } from '../errors/pare-error.ts';
import type { HostTensor } from '../contracts/tensor.ts';
import type { SafetensorsTensor } from './safetensors.ts';

/**
 * How a tensor is stored. `dense`: every element. `bitmap`: one bit for each element (lowest bit first), then the elements
 * whose bit is set. `gaps8`, `gaps16`: for each such element the number of zeros before it; the largest number
 * (255, 65535) stands for that many zeros and no element.
 */
export type TensorEncoding = (typeof encodings)[number];

const encodings = ['dense', 'bitmap', 'gaps8', 'gaps16'] as const;

/** A tensor as it is stored: parts by suffix of its name; the empty suffix is the dense tensor. */
export interface PackedTensor {
  readonly encoding: TensorEncoding;
  readonly parts: ReadonlyMap<string, SafetensorsTensor>;
}

const denseTypes = { float32: 'F32', int32: 'I32', bool: 'BOOL' } as const;

/** Stores a tensor in the smallest of the four encodings, without any loss: only +0 counts as zero, by its bits. */
export function packTensor({ dtype, shape, data }: HostTensor): PackedTensor {
  const dense: PackedTensor = {
    encoding: 'dense',
    parts: new Map([['', { dtype: denseTypes[dtype], shape, data }]]),
  };
  if (dtype !== 'float32') return dense;
  const bits = new Uint32Array(data.buffer, data.byteOffset, data.length);
  const { kept, gaps8, gaps16 } = countEntries(bits);
  const sizes: [TensorEncoding, number][] = [
    ['dense', 4 * bits.length],
    ['bitmap', Math.ceil(bits.length / 8) + 4 * kept],
    ['gaps8', gaps8 + 4 * kept],
    ['gaps16', 2 * gaps16 + 4 * kept],
  ];
  const [encoding] = sizes.reduce((best, next) => (next[1] < best[1] ? next : best));
  if (encoding === 'dense') return dense;
  const index =
    encoding === 'bitmap'
      ? bitmapOf(bits)
      : gapsOf(bits, encoding === 'gaps8' ? new Uint8Array(gaps8) : new Uint16Array(gaps16));
  const values = new Float32Array(bits.filter((word) => word !== 0).buffer);
  return {
    encoding,
    parts: new Map<string, SafetensorsTensor>([
      [
        `:${encoding}`,
        { dtype: encoding === 'gaps16' ? 'U16' : 'U8', shape: [index.length], data: index },
      ],
      [':values', { dtype: 'F32', shape: [values.length], data: values }],
    ]),
  };
}

function countEntries(bits: Uint32Array): { kept: number; gaps8: number; gaps16: number } {
  let [kept, gaps8, gaps16, zeros] = [0, 0, 0, 0];
  for (const word of bits) {
    if (word === 0) {
      zeros++;
      continue;
    }
    kept++;
    gaps8 += Math.floor(zeros / 255) + 1;
    gaps16 += Math.floor(zeros / 65535) + 1;
    zeros = 0;
  }
  return { kept, gaps8, gaps16 };
}

function bitmapOf(bits: Uint32Array): Uint8Array {
  const bitmap = new Uint8Array(Math.ceil(bits.length / 8));
  for (let i = 0; i < bits.length; i++) if (bits[i] !== 0) bitmap[i >> 3]! |= 1 << (i & 7);
  return bitmap;
}

function gapsOf<T extends Uint8Array | Uint16Array>(bits: Uint32Array, gaps: T): T {
  const skip = gaps.BYTES_PER_ELEMENT === 1 ? 255 : 65535;
  let [position, zeros] = [0, 0];
  for (const word of bits) {
    if (word === 0) {
      zeros++;
      continue;
    }
    for (; zeros >= skip; zeros -= skip) gaps[position++] = skip;
    gaps[position++] = zeros;
    zeros = 0;
  }
  return gaps;
}

/** What is known of a stored tensor besides its parts. */
export interface PackedDescription extends Pick<HostTensor, 'dtype' | 'shape'> {
  readonly encoding: TensorEncoding;
}

/** Inverse of `packTensor`; `part` gives a stored part by suffix. Throws BAD_PACKED_TENSOR where the parts do not fit together. */
export function unpackTensor(
  name: string,
  { dtype, shape, encoding }: PackedDescription,
  part: (suffix: string) => SafetensorsTensor | undefined,
): HostTensor {
  const fail = (what: string): never => {
    throw new PareError(
      'BAD_PACKED_TENSOR',
      `The stored tensor "${name}" (${encoding}) is damaged: ${what}.`,
    );
  };
  const length = shape.reduce((a, b) => a * b, 1);
  if (!encodings.includes(encoding)) fail(`expected one of ${encodings.join(', ')}`);
  if (encoding === 'dense') {
    const stored = part('') ?? fail('it is missing');
    if (stored.dtype !== denseTypes[dtype] || stored.data.length !== length) {
      fail(
        `expected ${dtype} [${shape.join(', ')}]; received ${stored.dtype} [${stored.shape.join(', ')}]`,
      );
    }
    return { dtype, shape, data: stored.data as HostTensor['data'] };
  }
  const index = (part(`:${encoding}`) ?? fail('its index is missing')).data as
    Uint8Array | Uint16Array;
  const values = (part(':values') ?? fail('its values are missing')).data as Float32Array;
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const bits = new Uint32Array(length);
  const used =
    encoding === 'bitmap' ? fillFromBitmap(bits, index, words) : fillFromGaps(bits, index, words);
  if (used !== words.length)
    fail(
      `the index names ${used} elements; there are ${words.length} values for ${length} elements`,
    );
  return { dtype, shape, data: new Float32Array(bits.buffer) };
}

/** Fills the elements in; gives how many the index names, or -1 where it names one beyond the end. */
function fillFromBitmap(
  bits: Uint32Array,
  bitmap: Uint8Array | Uint16Array,
  words: Uint32Array,
): number {
  if (bitmap.length !== Math.ceil(bits.length / 8)) return -1;
  let next = 0;
  for (let i = 0; i < bits.length; i++)
    if (bitmap[i >> 3]! & (1 << (i & 7))) bits[i] = words[next++]!;
  return next;
}

function fillFromGaps(
  bits: Uint32Array,
  gaps: Uint8Array | Uint16Array,
  words: Uint32Array,
): number {
  const skip = gaps.BYTES_PER_ELEMENT === 1 ? 255 : 65535;
  let [position, next] = [0, 0];
  for (const gap of gaps) {
    position += gap;
    if (gap === skip) continue;
    if (position >= bits.length) return -1;
    bits[position++] = words[next++]!;
  }
  return next;
}
