import { multiplyDims } from '../ir/dim.ts';
import { broadcastTo } from '../ops/broadcast-to.ts';
import { concat } from '../ops/concat.ts';
import { scalar } from '../ops/constant.ts';
import { mul } from '../ops/mul.ts';
import { reshape } from '../ops/reshape.ts';
import { slice } from '../ops/slice.ts';
import type { Dim } from '../ir/dim.ts';
import type { Value } from '../ir/value.ts';
import type { Network } from '../network/network.ts';
import type { AxisChannels, ChannelMap } from './channel-map.ts';

/** What is left of a group: its first `size` channels, a run-time number where it is symbolic. */
export interface ChannelCut {
  readonly size: Dim;
  /** float32 [size] of ones and zeros: channels to compute with that do not count. Weights that read them ignore them. */
  readonly mask?: Value;
}

/**
 * The parameters of a network cut to the first channels of groups (by id; others stay whole), for `instantiate`. Parameters that are
 * not cut are left out.
 */
export function cutParameters(
  network: Network,
  { axes }: ChannelMap,
  cuts: ReadonlyMap<number, ChannelCut>,
  values: ReadonlyMap<string, Value> = new Map(),
): Map<string, Value> {
  const result = new Map<string, Value>();
  for (const { name, variable, layout } of network.parameters) {
    const channels = axes.get(name);
    if (!channels?.some((axis) => axis?.groups.some(({ id }) => cuts.has(id)))) continue;
    let value = values.get(name) ?? variable;
    channels.forEach((axis, i) => {
      if (axis) value = cutAxis(value, i, axis, cuts);
    });
    // Depthwise filters and vectors keep channels apart: whatever is in those that do not count stays there.
    const read = layout === 'hwio' || layout === 'io' ? channels.at(-2) : undefined;
    result.set(name, read ? maskRows(value, read, cuts) : value);
  }
  return result;
}

/** The value with the groups along one axis cut. */
function cutAxis(
  value: Value,
  axis: number,
  { groups, repeat }: AxisChannels,
  cuts: ReadonlyMap<number, ChannelCut>,
): Value {
  if (!groups.some(({ id }) => cuts.has(id))) return value;
  const [before, after] = [value.shape.slice(0, axis), value.shape.slice(axis + 1)];
  const width = groups.reduce((sum, { size }) => sum + size, 0);
  const box = repeat === 1 ? value : reshape(value, [...before, repeat, width, ...after]);
  const at = repeat === 1 ? axis : axis + 1;
  let offset = 0;
  const pieces = groups.map(({ id, size }) => {
    const begin = box.shape.map((_, i) => (i === at ? offset : 0));
    const extent = box.shape.map((dim, i) => (i === at ? (cuts.get(id)?.size ?? size) : dim));
    offset += size;
    return slice(box, begin, extent);
  });
  const joined = concat(pieces, at);
  if (repeat === 1) return joined;
  return reshape(joined, [...before, multiplyDims(repeat, joined.shape[at]!), ...after]);
}

/** Sets the weights [..., in, out] of masked channels to zero. */
function maskRows(
  value: Value,
  { groups, repeat }: AxisChannels,
  cuts: ReadonlyMap<number, ChannelCut>,
): Value {
  const own = groups.map(({ id, size }) => cuts.get(id) ?? { size });
  if (!own.some(({ mask }) => mask)) return value;
  const mask = concat(own.map((cut) => cut.mask ?? broadcastTo(scalar(1), [cut.size])));
  const [size] = mask.shape as [Dim];
  const rows = repeat === 1 ? mask : broadcastTo(mask, [repeat, size]);
  return mul(value, reshape(rows, [multiplyDims(repeat, size), 1]));
}
