import { GraphError } from '../errors/graph-error.ts';
import { rewrite } from '../ir/rewrite.ts';
import { nameOf, variable } from '../ops/variable.ts';
import type { Network, Parameter } from '../network/network.ts';
import type { AxisChannels, ChannelMap } from './channel-map.ts';

/** Which channels of a group stay, as indices in ascending order. */
export type KeptChannels = ReadonlyMap<number, readonly number[]>;

/** A network with fewer channels, and how the parameters of the old one become those of the new. */
export interface SmallerNetwork {
  readonly network: Network;
  /** Elements that stay, as indices into the old parameter's data in the order of the new one; undefined: all. */
  readonly select: ReadonlyMap<string, Uint32Array>;
}

/**
 * The network without the channels that are not kept: its parameters have the new shapes, its graph is the same otherwise. Throws
 * FIXED_CHANNELS where a group cannot change, BAD_CHANNELS for indices that are no channels or none at all.
 */
export function keepChannels(
  network: Network,
  { groups, axes }: ChannelMap,
  kept: KeptChannels,
): SmallerNetwork {
  for (const [id, indices] of kept) checkKept(groups, id, indices);
  const select = new Map<string, Uint32Array>();
  const variables = new Map<string, Parameter>();
  for (const parameter of network.parameters) {
    const channels = axes.get(parameter.name) ?? [];
    const changes = channels.some((axis) => axis?.groups.some(({ id }) => kept.has(id)));
    if (!changes) continue;
    const indices = parameter.shape.map((size, i) => axisIndices(size, channels[i], kept));
    const shape = indices.map(({ length }) => length);
    select.set(parameter.name, elements(parameter.shape, indices));
    variables.set(parameter.name, {
      ...parameter,
      shape,
      flattened: flattened(parameter, shape),
      variable: variable(parameter.name, shape),
    });
  }
  const [input, output] = rewrite([network.input, network.output], (node) => {
    if (node.op.name !== 'variable') return undefined;
    const smaller = variables.get(nameOf(node.outputs[0]!));
    return smaller && [smaller.variable];
  });
  const parameters = network.parameters.map((p) => variables.get(p.name) ?? p);
  return { network: { ...network, input: input!, output: output!, parameters }, select };
}

function checkKept(groups: ChannelMap['groups'], id: number, indices: readonly number[]): void {
  const group = groups[id];
  if (!group)
    throw new GraphError('BAD_CHANNELS', `keepChannels: there is no group ${id} of channels.`);
  if (group.fixed !== undefined && indices.length !== group.size) {
    throw new GraphError(
      'FIXED_CHANNELS',
      `keepChannels: the ${group.size} channels of group ${id} cannot change: ${group.fixed}.`,
    );
  }
  const ascending = indices.every(
    (index, i) => Number.isInteger(index) && index > (indices[i - 1] ?? -1),
  );
  if (indices.length > 0 && ascending && indices.at(-1)! < group.size) return;
  throw new GraphError(
    'BAD_CHANNELS',
    `keepChannels: group ${id} needs at least one of the indices 0 to ${group.size - 1}, in ascending order; received ${JSON.stringify(indices)}.`,
  );
}

/** Positions along an axis that stay. */
function axisIndices(size: number, axis: AxisChannels | undefined, kept: KeptChannels): number[] {
  if (!axis) return Array.from({ length: size }, (_, i) => i);
  const one: number[] = [];
  let offset = 0;
  for (const group of axis.groups) {
    const own = kept.get(group.id) ?? Array.from({ length: group.size }, (_, i) => i);
    one.push(...own.map((index) => offset + index));
    offset += group.size;
  }
  return Array.from({ length: axis.repeat }, (_, r) => one.map((i) => r * offset + i)).flat();
}

/** Row-major positions of the box of kept indices. */
function elements(shape: readonly number[], indices: readonly (readonly number[])[]): Uint32Array {
  let positions = Uint32Array.of(0);
  indices.forEach((own, axis) => {
    const next = new Uint32Array(positions.length * own.length);
    let i = 0;
    for (const position of positions)
      for (const index of own) next[i++] = position * shape[axis]! + index;
    positions = next;
  });
  return positions;
}

function flattened({ flattened: old, shape: [before] }: Parameter, shape: readonly number[]) {
  if (!old) return undefined;
  const [height, width, channels] = old;
  return [height, width, (channels * shape[0]!) / before!] as const;
}
