import { findChannels } from '@pare/graph';
import { roundHalfToEven } from '../round-half-to-even.ts';
import type { ChannelGroup, ChannelMap, Network } from '@pare/graph';

/** Channels of a layer of `size` channels at a width factor: at least one. */
export const channelsAt = (size: number, width: number): number =>
  Math.max(1, roundHalfToEven(size * width));

const maps = new WeakMap<Network['output'], ChannelMap>();

/** The channel groups of a network, found once. */
export function channelsOf(network: Network): ChannelMap {
  const known = maps.get(network.output);
  if (known) return known;
  const map = findChannels(network);
  maps.set(network.output, map);
  return map;
}

/** The groups whose width changes. */
export const slimmableGroups = (network: Network): readonly ChannelGroup[] =>
  channelsOf(network).groups.filter(({ fixed }) => fixed === undefined);
