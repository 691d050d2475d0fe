import { addDims, concat, greater, nameOf, slice, subtractDims, where } from '@pare/graph';
import { channelsOf } from './channel-counts.ts';
import type { ChannelCut, ChannelGroup, Dim, Network, Update, Value } from '@pare/graph';

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
      const old = before.get(name) ?? variable;
      // Several groups where a norm reads joined maps.
      const groups = axes.get(name)?.[0]?.groups ?? [];
      return [name, splicedGroups(value, old, groups, cuts)];
    }),
  );
}

/** Vectors of one group after the other: those that are cut in `value`, whole in `old`. */
function splicedGroups(
  value: Value,
  old: Value,
  groups: readonly ChannelGroup[],
  cuts: ReadonlyMap<number, ChannelCut>,
): Value {
  if (!groups.some(({ id }) => cuts.has(id))) return value;
  let [from, to]: Dim[] = [0, 0];
  const parts = groups.map(({ id, size }) => {
    const cut = cuts.get(id) ?? { size };
    const first = slice(value, [from!], [cut.size]);
    const whole = slice(old, [to!], [size]);
    [from, to] = [addDims(from!, cut.size), addDims(to!, size)];
    return spliced(first, whole, cut);
  });
  return concat(parts);
}

function spliced(value: Value, old: Value, { size, mask }: ChannelCut): Value {
  const whole = old.shape[0]!;
  const first = mask ? where(greater(mask, 0), value, slice(old, [0], [size])) : value;
  if (size === whole) return first;
  return concat([first, slice(old, [size], [subtractDims(whole, size)])]);
}
