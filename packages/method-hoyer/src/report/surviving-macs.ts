import { costReport } from '@pare/graph';
import type { Network } from '@pare/graph';
import type { TensorSparsity } from './tensor-sparsity.ts';

/** Multiply-adds of a layer for one image: dense, and with channels and filters left out that are all 0. */
export interface LayerMacs {
  readonly layer: string;
  readonly dense: number;
  readonly surviving: number;
}

/**
 * Multiply-adds of the structure that survives: channels left · filters left · kernel · output area, as the paper counts
 * them (DeepHoyer, section 4.2). They become real only when the network is made smaller; masked weights still multiply.
 */
export function survivingMacs(network: Network, tensors: readonly TensorSparsity[]): LayerMacs[] {
  const weights = new Map(tensors.filter(({ channels }) => channels).map((t) => [t.layer, t]));
  return costReport(network).layers.flatMap(({ layer, macs: dense }): LayerMacs[] => {
    const tensor = weights.get(layer);
    if (!tensor?.channels || !tensor.filters) return [];
    const { channels, filters } = tensor;
    const pairs = channels.total * filters.total;
    return [
      { layer, dense, surviving: Math.round((dense / pairs) * channels.alive * filters.alive) },
    ];
  });
}
