import type { PartReference } from '@pare/core';
import type { KernelContent } from '../network/layer-decision.ts';

/**
 * What fine-tuning may change in compressed weights. `free`: every number; `kept`: those that are not 0; `values`: the values
 * of the codebook, equal weights staying equal in all layers of the task; `kept-values`: the same with zeros that stay; `scale`: one factor of all;
 * `fixed`: nothing.
 */
export type Freedom = 'free' | 'kept' | 'values' | 'kept-values' | 'scale' | 'fixed';

const quantizers: Readonly<Record<string, Freedom>> = {
  'adaptive-quantization': 'values',
  'scaled-binary': 'scale',
  'scaled-ternary': 'scale',
  'fixed-codebook': 'fixed',
  binary: 'fixed',
  ternary: 'fixed',
  'powers-of-two': 'fixed',
};

const pruners = ['l0-constraint', 'l1-constraint', 'l0-penalty', 'l1-penalty'];
const products = ['low-rank', 'rank-selection'];

/** What may change in a parameter, and the place in the task of the part that it holds; undefined where it is none or all. */
export interface ContentFreedom {
  readonly freedom: Freedom;
  readonly part?: number | undefined;
}

/**
 * Freedom of each parameter that holds a kernel, in the order of `contents`: the parts of the task are in the same order.
 * Weights of kinds that are not known here stay as they are.
 */
export function freedoms(
  parts: readonly PartReference[],
  contents: readonly KernelContent[],
): ContentFreedom[] {
  const places = (isOne: (part: PartReference) => boolean) =>
    parts.flatMap((part, at) => (isOne(part) ? [at] : []));
  const codebooks = places(({ name }) => Object.hasOwn(quantizers, name));
  const sparse = places(({ name }) => pruners.includes(name));
  const factored = places(({ name }) => products.includes(name));
  const known = codebooks.length + sparse.length + factored.length === parts.length;
  const next = {
    codebook: codebooks.values(),
    sparse: sparse.values(),
    factor: factored.flatMap((at) => [at, at]).values(),
  };
  return contents.map((content): ContentFreedom => {
    if (!known) return { freedom: 'fixed' };
    // A matrix that was not worth two layers may take any rank; a sum that was added up may not lose its form.
    if (content === 'dense') return { freedom: parts.length === 1 ? 'free' : 'fixed' };
    const at = next[content].next().value;
    return { freedom: at === undefined ? 'fixed' : freedomOf(parts[at]!), part: at };
  });
}

/** Weights of fewer than 16 bits have a codebook; half precision would be lost. */
function freedomOf({ name, precision = 32 }: PartReference): Freedom {
  const quantized = quantizers[name];
  if (quantized) return quantized;
  if (precision === 16) return 'fixed';
  if (products.includes(name)) return 'free';
  return precision === 32 ? 'kept' : 'kept-values';
}
