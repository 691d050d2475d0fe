import { concat, greater, nameOf, slice, subtractDims, where } from '@pare/graph';
import { channelsOf } from './channel-counts.ts';
import type { ChannelCut, Network, Update, Value } from '@pare/graph';

/**
 * Running statistics after a pass through a cut network: the first channels are new, the others as they were. Gives them by parameter
 * name, for the next pass of the same step and, in the end, for the variables.
 */
export function wholeStatistics(
  network: Network,
  updates: readonly Update[],
  cuts: ReadonlyMap<number, ChannelCut>,
  before: ReadonlyMap<string, Value>,
): Map<string, Value> {
  const { axes } = channelsOf(network);
  return new Map(
    updates.map(({ variable, value }) => {
      const name = nameOf(variable);
      const group = axes.get(name)?.[0]?.groups[0];
      const cut = group && cuts.get(group.id);
      const old = before.get(name) ?? variable;
      return [name, cut ? spliced(value, old, cut) : value];
    }),
  );
}

function spliced(value: Value, old: Value, { size, mask }: ChannelCut): Value {
  const whole = old.shape[0]!;
  const first = mask ? where(greater(mask, 0), value, slice(old, [0], [size])) : value;
  if (size === whole) return first;
  return concat([first, slice(old, [size], [subtractDims(whole, size)])]);
}
