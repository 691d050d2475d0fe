import { codeValues } from './codebook.ts';
import { denseTypes } from './tensor-encoding.ts';
import type { HostTensor } from '../contracts/tensor.ts';
import type { CodedValues } from './codebook.ts';
import type { SafetensorsTensor } from './safetensors.ts';
import type { Places, TensorEncoding } from './tensor-encoding.ts';

/** A tensor as it is stored: parts by suffix of its name; the empty suffix is the dense tensor. */
export interface PackedTensor {
  readonly encoding: TensorEncoding;
  readonly parts: ReadonlyMap<string, SafetensorsTensor>;
}

/** Stores a tensor in the smallest of the encodings, without any loss: only +0 counts as zero, by its bits. */
export function packTensor({ dtype, shape, data }: HostTensor): PackedTensor {
  const dense: PackedTensor = {
    encoding: 'dense',
    parts: new Map([['', { dtype: denseTypes[dtype], shape, data }]]),
  };
  if (dtype !== 'float32') return dense;
  const bits = new Uint32Array(data.buffer, data.byteOffset, data.length);
  const { kept, gaps8, gaps16 } = countEntries(bits);
  const values = kept === bits.length ? bits : bits.filter((word) => word !== 0);
  const coded = codeValues(values);
  const codedDense = kept === bits.length ? coded : codeValues(bits);
  const own = sizeOfValues(coded, values);
  const indexed: [Places, number][] = [
    ['bitmap', Math.ceil(bits.length / 8) + own],
    ['gaps8', gaps8 + own],
    ['gaps16', 2 * gaps16 + own],
  ];
  const all: [Places, number] = ['dense', sizeOfValues(codedDense, bits)];
  const [place] = indexed.reduce((best, next) => (next[1] < best[1] ? next : best), all);
  if (place === 'dense') return codedDense ? withValues('dense', [], bits, codedDense) : dense;
  const index =
    place === 'bitmap'
      ? bitmapOf(bits)
      : gapsOf(bits, place === 'gaps8' ? new Uint8Array(gaps8) : new Uint16Array(gaps16));
  const type = place === 'gaps16' ? 'U16' : 'U8';
  const part: SafetensorsTensor = { dtype: type, shape: [index.length], data: index };
  return withValues(place, [[`:${place}`, part]], values, coded);
}

const sizeOfValues = (coded: CodedValues | undefined, words: Uint32Array): number =>
  coded ? coded.codes.length + 4 * coded.codebook.length : 4 * words.length;

/** The parts with those of the values: the values themselves, or codes and codebook. */
function withValues(
  place: Places,
  index: readonly [string, SafetensorsTensor][],
  words: Uint32Array,
  coded: CodedValues | undefined,
): PackedTensor {
  const floats = (suffix: string, of: Uint32Array): [string, SafetensorsTensor] => [
    suffix,
    { dtype: 'F32', shape: [of.length], data: new Float32Array(of.slice().buffer) },
  ];
  if (!coded) return { encoding: place, parts: new Map([...index, floats(':values', words)]) };
  const { codes, codebook } = coded;
  return {
    encoding: `${place}-codebook`,
    parts: new Map([
      ...index,
      [':codes', { dtype: 'U8', shape: [codes.length], data: codes }],
      floats(':codebook', codebook),
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
