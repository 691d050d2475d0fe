import type { ChannelLayout } from './layout.ts';

/** Channels that exist together or not at all, wherever layers hand them on: through norms, activations, sums, pooling. */
export interface ChannelGroup {
  /** From 0, in order of appearance. */
  readonly id: number;
  readonly size: number;
  /** Why their number cannot change; undefined: it can. */
  readonly fixed: string | undefined;
}

/** What lies along an axis of a parameter: groups one after another, all of it `repeat` times (after flattening an image). */
export interface AxisChannels {
  readonly groups: readonly ChannelGroup[];
  readonly repeat: number;
}

/** Which channels of a network belong together, and where they are in its parameters. */
export interface ChannelMap {
  readonly groups: readonly ChannelGroup[];
  /** For each parameter what its axes hold; undefined for axes that hold no channels of the network (kernel sizes). */
  readonly axes: ReadonlyMap<string, readonly (AxisChannels | undefined)[]>;
}

/** Numbers the groups of layouts and freezes what was found. */
export function closeChannelMap(
  axes: ReadonlyMap<string, readonly (ChannelLayout | undefined)[]>,
): ChannelMap {
  const groups = new Map<object, ChannelGroup>();
  const close = (layout: ChannelLayout): AxisChannels => ({
    groups: layout.parts.map((part) => {
      const root = part.root();
      const known = groups.get(root);
      if (known) return known;
      const group = { id: groups.size, size: root.size, fixed: root.fixed };
      groups.set(root, group);
      return group;
    }),
    repeat: layout.repeat,
  });
  const closed = new Map(
    [...axes].map(([name, layouts]) => [name, layouts.map((layout) => layout && close(layout))]),
  );
  return { groups: [...groups.values()], axes: closed };
}
