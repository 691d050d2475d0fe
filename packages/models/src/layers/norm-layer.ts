import { z } from 'zod';
import type { Initializer, NetworkBuilder, Value } from '@pare/graph';

/** Option: which normalisation follows (or precedes) the convolutions. */
export const normOption = z
  .enum(['batch', 'group', 'instance', 'none'])
  .describe(
    'Normalisation: "batch", "group" (32 groups, or the most below that divide the channels), "instance" or "none"',
  );

/** The choice. */
export type NormKind = z.output<typeof normOption>;

/** What a norm layer may be told. */
export interface NormLayerOptions {
  /** First values of the scale; default 1. */
  readonly scale?: Initializer;
  /** Share of the new batch in running statistics (batch norm only); default 0.1. */
  readonly momentum?: number;
}

/** Most groups of a group norm, as Wu and He (2018) and LCS use. */
const mostGroups = 32;

/** A norm layer of the chosen kind, with parameters `<name>.weight` and `<name>.bias`; `x` itself for "none". */
export function normLayer(
  builder: NetworkBuilder,
  kind: NormKind,
  name: string,
  x: Value,
  options: NormLayerOptions = {},
): Value {
  switch (kind) {
    case 'batch':
      return builder.batchNorm(name, x, options);
    case 'group':
      return builder.groupNorm(name, x, { ...options, groups: groupsOf(x.shape[3] as number) });
    case 'instance':
      return builder.instanceNorm(name, x, options);
    case 'none':
      return x;
  }
}

/** The largest number of groups up to 32 that divides the channels. */
function groupsOf(channels: number): number {
  let groups = Math.min(mostGroups, channels);
  while (channels % groups !== 0) groups--;
  return groups;
}
