import { normMasks } from './norm-masks.ts';
import { slimNetwork } from './slim-network.ts';
import { takeAlongAxes } from './take-along-axes.ts';
import type { CompressedState, HostTensor } from '@pare/core';
import type { NormMasks } from './norm-masks.ts';

/** A network pruned to a share of its channels. */
export interface Pruned extends NormMasks {
  readonly state: CompressedState;
  /** A norm keeps no channel, so that nothing could be taken out: the channels are zero and stay. */
  readonly fallback: boolean;
}

/** Prunes the channels of all batch norms together to a share and takes them out where possible. */
export function pruneAt(state: CompressedState, keep: number): Pruned {
  const masks = normMasks(state, keep);
  const masked = maskNorms(state, masks.kept);
  const fallback = [...masks.kept].some(
    ([{ use }, indices]) => use.kind !== 'mask' && indices.length === 0,
  );
  if (fallback) return { ...masks, state: masked, fallback };
  const { network, axes } = slimNetwork(state.network, masks.kept);
  const weights = new Map(
    [...masked.weights].map(([name, tensor]) => {
      const own = axes.get(name);
      return [name, own ? takeAlongAxes(tensor, own) : tensor];
    }),
  );
  return { ...masks, state: { network, weights }, fallback };
}

/** Scales and shifts of pruned channels become zero, so that nothing comes out of them. */
export function maskNorms(
  { network, weights }: CompressedState,
  kept: NormMasks['kept'],
): CompressedState {
  const masked = new Map(weights);
  for (const [{ vectors }, indices] of kept) {
    const stays = new Set(indices);
    for (const { name } of vectors.slice(0, 2)) masked.set(name, zeroed(weights.get(name)!, stays));
  }
  return { network, weights: masked };
}

const zeroed = (tensor: HostTensor, stays: ReadonlySet<number>): HostTensor => ({
  ...tensor,
  data: (tensor.data as Float32Array).map((value, i) => (stays.has(i) ? value : 0)),
});
