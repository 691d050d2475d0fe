import type { NetworkBuilder, Value } from '@pare/graph';

/** A layer with its options chosen: adds its parameters `<name>.<suffix>` and gives its output. */
export type Layer = (builder: NetworkBuilder, name: string, x: Value) => Value;
