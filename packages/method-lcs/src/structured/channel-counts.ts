import { findChannels } from '@pare/graph';
import type { ChannelGroup, ChannelMap, Network } from '@pare/graph';

/** Rounds to the nearest whole number, halves to the even one, as Python does. */
export function roundHalfToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  if (rest !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}

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
