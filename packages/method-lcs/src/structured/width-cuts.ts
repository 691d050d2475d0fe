import { cast, dimensionInput, input, less, range } from '@pare/graph';
import { intScalar } from '../scalars.ts';
import { channelsAt, slimmableGroups } from './channel-counts.ts';
import type { HostTensor } from '@pare/core';
import type { ChannelCut, Network, Value } from '@pare/graph';

/** Layers of a network cut to a width: what a graph needs, and the inputs that say how wide. */
export interface WidthCuts {
  /** By id of the channel group. */
  readonly cuts: ReadonlyMap<number, ChannelCut>;
  readonly inputs: readonly Value[];
  /** Values of the inputs at a width. */
  readonly feeds: (width: number) => Record<string, HostTensor>;
}

/** Cuts to a width that is known when the program is built. */
export function fixedCuts(network: Network, width: number): WidthCuts {
  const groups = slimmableGroups(network).filter(({ size }) => channelsAt(size, width) < size);
  const cuts = new Map(groups.map(({ id, size }) => [id, { size: channelsAt(size, width) }]));
  return { cuts, inputs: [], feeds: () => ({}) };
}

/** Kernels for convolutions are several times faster on multiples of this many channels. */
const block = 16;

const computed = (size: number, width: number): number =>
  Math.min(size, Math.ceil(channelsAt(size, width) / block) * block);

/**
 * Cuts to a width that is chosen in each run. Layers compute with a multiple of 16 channels; weights
 * ignore those that do not count. `name` keeps the inputs of several passes apart.
 */
export function runTimeCuts(network: Network, name: string): WidthCuts {
  const groups = slimmableGroups(network);
  const sizes = [...new Set(groups.map(({ size }) => size))];
  const countName = (size: number) => `${name}.count${size}`;
  const symbol = (size: number) => `${name}_of${size}`.replaceAll(/\W/g, '_');
  const inputs = sizes.filter((size) => size > block).map((size) => dimensionInput(symbol(size)));
  const cutOf = (size: number): ChannelCut => {
    const dim = size > block ? symbol(size) : size;
    const count = input(countName(size), [], 'int32');
    return { size: dim, mask: cast(less(range(dim), count), 'float32') };
  };
  const bySize = new Map(sizes.map((size) => [size, cutOf(size)]));
  return {
    cuts: new Map(groups.map(({ id, size }) => [id, bySize.get(size)!])),
    inputs,
    feeds: (width) =>
      Object.fromEntries(
        sizes.flatMap((size): [string, HostTensor][] => [
          [countName(size), intScalar(channelsAt(size, width))],
          ...(size > block
            ? [[symbol(size), intScalar(computed(size, width))] as [string, HostTensor]]
            : []),
        ]),
      ),
  };
}
