import { fromTorchLayout, toTorchLayout, torchShape } from '@pare/core';
import { tensorOf } from '../pruning/tensor-of.ts';
import { weightAxes } from '../weight-axes.ts';
import { huffmanDecode, huffmanEncode } from './huffman.ts';
import { fromSparse, toSparse } from './sparse-form.ts';
import type { HostTensor, ReportTable, Tensors } from '@pare/core';
import type { Network, Parameter } from '@pare/graph';
import type { HuffmanCoded } from './huffman.ts';
import type { SparseForm } from './sparse-form.ts';

/** A weight as three coded arrays: elements, their indices, and how many stand in each row or column. */
export interface CodedWeight extends Pick<SparseForm, 'form' | 'shape'> {
  readonly data: HuffmanCoded;
  readonly indices: HuffmanCoded;
  readonly counts: HuffmanCoded;
}

/** A network's parameters: dense and convolutional weights coded, the others as they are. */
export interface CodedNetwork {
  readonly weights: ReadonlyMap<string, CodedWeight>;
  readonly plain: Tensors;
}

/** Codes a weight in PyTorch's layout, [outputs, everything else], as the authors' utility does for dense weights. */
export function codeWeight(parameter: Parameter, tensor: HostTensor): CodedWeight {
  const [rows = 1] = torchShape(parameter);
  const shape = [rows, tensor.data.length / rows] as const;
  const sparse = toSparse(toTorchLayout(parameter, tensor.data), shape);
  return {
    form: sparse.form,
    shape,
    data: huffmanEncode(sparse.data),
    indices: huffmanEncode(sparse.indices),
    counts: huffmanEncode(sparse.counts),
  };
}

/** The weight behind its code, exactly. */
export function decodeWeight(parameter: Parameter, coded: CodedWeight): HostTensor {
  const { form, shape } = coded;
  const values = fromSparse({
    form,
    shape,
    data: huffmanDecode(coded.data) as Float32Array,
    indices: huffmanDecode(coded.indices) as Int32Array,
    counts: huffmanDecode(coded.counts) as Int32Array,
  });
  return { dtype: 'float32', shape: parameter.shape, data: fromTorchLayout(parameter, values) };
}

/** Codes a network; biases and norms stay plain. */
export function codeNetwork(network: Network, weights: Tensors): CodedNetwork {
  const coded = new Map<string, CodedWeight>();
  const plain = new Map<string, HostTensor>();
  for (const parameter of network.parameters) {
    const tensor = tensorOf(weights, parameter.name);
    if (weightAxes(parameter)) coded.set(parameter.name, codeWeight(parameter, tensor));
    else plain.set(parameter.name, tensor);
  }
  return { weights: coded, plain };
}

/** All weights behind a coded network, exactly. */
export function decodeNetwork(network: Network, coded: CodedNetwork): Tensors {
  return new Map(
    network.parameters.map((parameter): [string, HostTensor] => {
      const code = coded.weights.get(parameter.name);
      return [
        parameter.name,
        code ? decodeWeight(parameter, code) : tensorOf(coded.plain, parameter.name),
      ];
    }),
  );
}

/** Bytes of the sparse form as plain arrays and as six coded files, for each weight and in all. */
export function codingTable({ weights }: CodedNetwork): ReportTable {
  const rows = [...weights].map(([layer, { data, indices, counts }]) => {
    const arrays = [data, indices, counts];
    // The plain form holds row pointers: one number more than there are counts.
    const original = 4 * (data.count + indices.count + counts.count + 1);
    const compressed = arrays.reduce(
      (sum, array) => sum + array.data.length + array.codebook.length,
      0,
    );
    return { layer, original, compressed };
  });
  const sum = (key: 'original' | 'compressed') => rows.reduce((total, row) => total + row[key], 0);
  const total = { layer: 'total', original: sum('original'), compressed: sum('compressed') };
  return {
    title: 'Huffman coding',
    columns: [
      { key: 'layer', title: 'layer' },
      { key: 'original', title: 'original', unit: 'bytes' },
      { key: 'compressed', title: 'compressed', unit: 'bytes' },
      { key: 'improvement', title: 'improvement', unit: 'x' },
      { key: 'percent', title: 'of original', unit: '%' },
    ],
    rows: [...rows, total].map((row) => ({
      ...row,
      improvement: row.original / row.compressed,
      percent: (100 * row.compressed) / row.original,
    })),
  };
}
