import { PareError } from '../errors/pare-error.ts';
import { decodeValues } from './codebook.ts';
import { denseTypes, encodings } from './tensor-encoding.ts';
import type { HostTensor } from '../contracts/tensor.ts';
import type { SafetensorsTensor } from './safetensors.ts';
import type { Places, TensorEncoding } from './tensor-encoding.ts';

/** Gives a stored part by its suffix. */
type Parts = (suffix: string) => SafetensorsTensor | undefined;

/** What is known of a stored tensor besides its parts. */
export interface PackedDescription extends Pick<HostTensor, 'dtype' | 'shape'> {
  readonly encoding: TensorEncoding;
}

/** Inverse of `packTensor`; `part` gives a stored part by suffix. Throws BAD_PACKED_TENSOR where the parts do not fit together. */
export function unpackTensor(
  name: string,
  { dtype, shape, encoding }: PackedDescription,
  part: Parts,
): HostTensor {
  const fail = (what: string): never => {
    throw new PareError(
      'BAD_PACKED_TENSOR',
      `The stored tensor "${name}" (${encoding}) is damaged: ${what}.`,
    );
  };
  const length = shape.reduce((a, b) => a * b, 1);
  if (!encodings.includes(encoding)) fail(`expected one of ${encodings.join(', ')}`);
  if (encoding === 'dense') return { dtype, shape, data: denseData({ dtype, shape }, part, fail) };
  const [place] = encoding.split('-') as [Places];
  const index =
    place === 'dense'
      ? undefined
      : ((part(`:${place}`) ?? fail('its index is missing')).data as Uint8Array | Uint16Array);
  const count = index ? countOf(place, index) : length;
  const words = unpackValues(encoding, count, part, fail);
  if (!index) return { dtype, shape, data: new Float32Array(words.buffer) };
  const bits = new Uint32Array(length);
  const used =
    place === 'bitmap' ? fillFromBitmap(bits, index, words) : fillFromGaps(bits, index, words);
  if (used !== words.length)
    fail(
      `the index names ${used} elements; there are ${words.length} values for ${length} elements`,
    );
  return { dtype, shape, data: new Float32Array(bits.buffer) };
}

function denseData(
  { dtype, shape }: Pick<HostTensor, 'dtype' | 'shape'>,
  part: Parts,
  fail: (what: string) => never,
): HostTensor['data'] {
  const stored = part('') ?? fail('it is missing');
  if (
    stored.dtype !== denseTypes[dtype] ||
    stored.data.length !== shape.reduce((a, b) => a * b, 1)
  ) {
    fail(
      `expected ${dtype} [${shape.join(', ')}]; received ${stored.dtype} [${stored.shape.join(', ')}]`,
    );
  }
  return stored.data as HostTensor['data'];
}

/** How many elements an index names. */
function countOf(place: Places, index: Uint8Array | Uint16Array): number {
  let count = 0;
  if (place === 'bitmap') {
    for (let byte of index) for (; byte !== 0; byte &= byte - 1) count++;
    return count;
  }
  const skip = index.BYTES_PER_ELEMENT === 1 ? 255 : 65535;
  for (const gap of index) if (gap !== skip) count++;
  return count;
}

/** Bit patterns of the elements, plain or from their codes. */
function unpackValues(
  encoding: TensorEncoding,
  count: number,
  part: Parts,
  fail: (what: string) => never,
): Uint32Array {
  const words = (suffix: string, missing: string): Uint32Array => {
    const { data } = part(suffix) ?? fail(missing);
    const floats = data as Float32Array;
    return new Uint32Array(floats.buffer, floats.byteOffset, floats.length);
  };
  if (!encoding.endsWith('-codebook')) return words(':values', 'its values are missing');
  const codes = (part(':codes') ?? fail('its codes are missing')).data as Uint8Array;
  const values = decodeValues(
    { codes, codebook: words(':codebook', 'its codebook is missing') },
    count,
  );
  return values ?? fail(`its codes do not fit ${count} elements and the codebook`);
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
