import { pythonFixed } from './python-fixed.ts';
import type { TensorSparsity } from './tensor-sparsity.ts';

/** Sparsity over dense and convolutional weights, each 0 (dense) to 1 (nothing left). */
export interface StructureSummary {
  /** Share of elements that are 0. */
  readonly elements: number;
  /** 1 - Σ(channels left · filters left) / Σ(channels · filters); the kernel's area does not count. */
  readonly structure: number;
  /** Mean over layers of 1 - channels left · filters left / (channels · filters). */
  readonly structureMean: number;
}

/** The summary of the authors' ImageNet scripts (elt, str, str_avg); all 0 for a network without weights. */
export function structureSummary(tensors: readonly TensorSparsity[]): StructureSummary {
  let [alive, total, pairsAlive, pairsTotal, shares, layers] = [0, 0, 0, 0, 0, 0];
  for (const { elements, channels, filters } of tensors) {
    if (!channels || !filters) continue;
    alive += elements.alive;
    total += elements.total;
    pairsAlive += channels.alive * filters.alive;
    pairsTotal += channels.total * filters.total;
    shares += 1 - (channels.alive * filters.alive) / (channels.total * filters.total);
    layers++;
  }
  if (layers === 0) return { elements: 0, structure: 0, structureMean: 0 };
  return {
    elements: 1 - alive / total,
    structure: 1 - pairsAlive / pairsTotal,
    structureMean: shares / layers,
  };
}

/** The summary as the authors log it. */
export function summaryLine({ elements, structure, structureMean }: StructureSummary): string {
  const [elt, str, average] = [elements, structure, structureMean].map((v) => pythonFixed(v, 3));
  return `Sparsity elt: ${elt} str: ${str} str_avg: ${average}`;
}
