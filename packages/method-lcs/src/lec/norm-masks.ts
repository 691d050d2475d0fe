import { kthMagnitude } from '@pare/core';
import { normPlaces } from './norm-places.ts';
import type { CompressedState } from '@pare/core';
import type { NormPlace } from './norm-places.ts';

/** Which channels of all batch norms stay. */
export interface NormMasks {
  /** Channels whose scale has a greater magnitude stay. */
  readonly threshold: number;
  /** Indices of the channels that stay, in ascending order. */
  readonly kept: ReadonlyMap<NormPlace, readonly number[]>;
}

/**
 * The channels that a kept share leaves when all norms of the network compete (Liu et al. 2017, Network Slimming). The threshold is
 * the magnitude at trunc(N·(1 - keep)) of all N in ascending order and has to be exceeded, as in the authors' code: even a share of 1
 * drops the smallest, and channels that are all the same are all dropped.
 */
export function normMasks({ network, weights }: CompressedState, keep: number): NormMasks {
  const scaleOf = ({ vectors: [scale] }: NormPlace) =>
    weights.get(scale.name)!.data as Float32Array;
  const places = normPlaces(network);
  const scales = places.map(scaleOf);
  const count = scales.reduce((n, { length }) => n + length, 0);
  const below = Math.min(Math.trunc(count * (1 - keep)), count - 1);
  const threshold = kthMagnitude(scales, count - below);
  const kept = places.map((place): [NormPlace, number[]] => {
    const indices = [...scaleOf(place).keys()];
    return [place, indices.filter((i) => Math.abs(scaleOf(place)[i]!) > threshold)];
  });
  return { threshold, kept: new Map(kept) };
}
