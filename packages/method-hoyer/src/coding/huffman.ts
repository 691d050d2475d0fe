import { PareError } from '@pare/core';
import { BitReader, BitWriter } from './bit-file.ts';
import { huffmanTree } from './huffman-tree.ts';
import type { HuffmanTree } from './huffman-tree.ts';

/** What can be coded: weights, or indices from 0. */
export type Symbols = Float32Array | Int32Array;

/** A coded array: two files as the original writes them, and what it takes to read them without guessing. */
export interface HuffmanCoded {
  readonly dtype: 'float32' | 'int32';
  /** Number of elements; the bits alone do not say it where there is one symbol only. */
  readonly count: number;
  readonly data: Uint8Array;
  readonly codebook: Uint8Array;
}

const word = new DataView(new ArrayBuffer(4));

function bitsOf(symbol: number, dtype: HuffmanCoded['dtype']): number {
  if (dtype === 'int32') return symbol;
  word.setFloat32(0, symbol);
  return word.getUint32(0);
}

function symbolOf(bits: number, dtype: HuffmanCoded['dtype']): number {
  if (dtype === 'int32') return bits;
  word.setUint32(0, bits);
  return word.getFloat32(0);
}

/** How often each symbol occurs, in order of first occurrence. */
function countSymbols(values: Symbols, dtype: HuffmanCoded['dtype']): Map<number, number> {
  const counts = new Map<number, number>();
  for (const value of values) {
    if (Number.isNaN(value) || (dtype === 'int32' && value < 0)) {
      throw new PareError(
        'BAD_SYMBOL',
        `Huffman code: integers must not be negative, and NaN cannot be coded; received ${value}.`,
      );
    }
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}

/** Huffman-codes an array, in the bytes of the original. Negative integers and NaN are refused. */
export function huffmanEncode(values: Symbols): HuffmanCoded {
  const dtype = values instanceof Float32Array ? 'float32' : 'int32';
  const codes = new Map<number, readonly number[]>();
  const codebook = new BitWriter();
  const visit = (node: HuffmanTree, code: readonly number[]): void => {
    if ('symbol' in node) {
      codes.set(node.symbol, code);
      codebook.write(1, 1);
      codebook.write(bitsOf(node.symbol, dtype), 32);
      return;
    }
    codebook.write(0, 1);
    visit(node.left, [...code, 0]);
    visit(node.right, [...code, 1]);
  };
  const tree = huffmanTree(countSymbols(values, dtype));
  if (tree) visit(tree, []);
  const data = new BitWriter();
  for (const value of values) for (const bit of codes.get(value)!) data.write(bit, 1);
  return { dtype, count: values.length, data: data.finish(), codebook: codebook.finish() };
}

function readTree(codebook: BitReader, dtype: HuffmanCoded['dtype']): HuffmanTree {
  if (codebook.read(1) === 1) return { count: 0, symbol: symbolOf(codebook.read(32), dtype) };
  const left = readTree(codebook, dtype);
  return { count: 0, left, right: readTree(codebook, dtype) };
}

/** The array behind a code; throws DAMAGED_CODE where the files do not fit together. */
export function huffmanDecode({ dtype, count, data, codebook }: HuffmanCoded): Symbols {
  const values = dtype === 'float32' ? new Float32Array(count) : new Int32Array(count);
  if (count === 0) return values;
  const tree = readTree(new BitReader(codebook), dtype);
  const bits = new BitReader(data);
  for (let i = 0; i < count; i++) {
    let node = tree;
    while (!('symbol' in node)) node = bits.read(1) === 0 ? node.left : node.right;
    values[i] = node.symbol;
  }
  if (!bits.done) {
    throw new PareError(
      'DAMAGED_CODE',
      `Huffman file: bits are left over after ${count} elements. The file does not belong to this codebook.`,
    );
  }
  return values;
}
