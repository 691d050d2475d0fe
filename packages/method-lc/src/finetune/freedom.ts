import type { PartReference } from '@pare/core';
import type { KernelContent } from '../network/layer-decision.ts';

/**
 * What fine-tuning may change in compressed weights. `free`: every number; `kept`: those that are not 0; `values`: the values
 * of the codebook, equal weights staying equal; `kept-values`: the same with zeros that stay; `scale`: one factor of all;
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

/**
 * Freedom of each parameter that holds a kernel, in the order of `contents`: the parts of the task are in the same order.
 * Weights of kinds that are not known here stay as they are.
 */
export function freedoms(
  parts: readonly PartReference[],
  contents: readonly KernelContent[],
): Freedom[] {
  const codebooks = parts.filter(({ name }) => Object.hasOwn(quantizers, name));
  const sparse = parts.filter(({ name }) => pruners.includes(name));
  const known = parts.every(
    (part) => codebooks.includes(part) || sparse.includes(part) || products.includes(part.name),
  );
  let [codebook, pruned] = [0, 0];
  return contents.map((content) => {
    if (!known) return 'fixed';
    if (content === 'codebook') return quantizers[codebooks[codebook++]?.name ?? ''] ?? 'fixed';
    if (content === 'sparse') return sparseFreedom(sparse[pruned++]);
    if (content === 'factor') return 'free';
    // A matrix that was not worth two layers may take any rank; a sum that was added up may not lose its form.
    return parts.length === 1 ? 'free' : 'fixed';
  });
}

/** Weights of fewer than 16 bits have a codebook; half precision would be lost. */
function sparseFreedom(part: PartReference | undefined): Freedom {
  const precision = part?.precision ?? 32;
  if (precision === 32) return 'kept';
  return precision === 16 ? 'fixed' : 'kept-values';
}
