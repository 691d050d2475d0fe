import { batchNorm, constant, gather, nameOf, rewrite, variable } from '@pare/graph';
import { normPlaces } from './norm-places.ts';
import type { Network, Node, Parameter, Value } from '@pare/graph';
import type { NormMasks } from './norm-masks.ts';
import type { NormPlace } from './norm-places.ts';

/** What stays along each axis of a parameter; undefined: all. */
export type KeptAlongAxes = readonly (readonly number[] | undefined)[];

/** A network without pruned channels, and what stays of the parameters that are smaller. */
export interface SlimNetwork {
  readonly network: Network;
  readonly axes: ReadonlyMap<string, KeptAlongAxes>;
}

/**
 * Takes pruned channels out of a network: from the filters that make them, the norm, and the weights that read them; where others read
 * the norm's input, too, the norm stays whole and its channels are picked after it.
 */
export function slimNetwork(network: Network, kept: NormMasks['kept']): SlimNetwork {
  const axes = new Map<string, (readonly number[] | undefined)[]>();
  const keep = (parameter: Parameter, axis: number, indices: readonly number[]) => {
    const own = axes.get(parameter.name) ?? parameter.shape.map(() => undefined);
    own[axis] = indices;
    axes.set(parameter.name, own);
  };
  const picked = new Map<Node, readonly number[]>();
  for (const place of normPlaces(network)) {
    const { use, node, channels, vectors } = place;
    const indices = kept.get(place)!;
    if (use.kind === 'mask' || indices.length === channels) continue;
    for (const reader of use.readers) {
      const axis = reader.shape.length - 2;
      keep(reader, axis, repeated(indices, channels, reader.shape[axis]!));
    }
    if (use.kind === 'select') picked.set(node, indices);
    else [...use.maker, ...vectors].forEach((p) => keep(p, p.shape.length - 1, indices));
  }
  return { network: rebuilt(network, axes, picked), axes };
}

/** Indices along an axis that holds all channels for each pixel of a flattened image. */
const repeated = (indices: readonly number[], channels: number, size: number): readonly number[] =>
  Array.from({ length: size / channels }, (_, pixel) =>
    indices.map((index) => pixel * channels + index),
  ).flat();

function rebuilt(
  network: Network,
  axes: ReadonlyMap<string, KeptAlongAxes>,
  picked: ReadonlyMap<Node, readonly number[]>,
): Network {
  const parameters = network.parameters.map((parameter) => smaller(parameter, axes));
  const values = new Map(parameters.map((parameter) => [parameter.name, parameter.variable]));
  const [input, output] = rewrite([network.input, network.output], (node, inputs) => {
    if (node.op.name === 'variable') return [values.get(nameOf(node.outputs[0]!))!];
    const indices = picked.get(node);
    if (!indices) return undefined;
    const norm = batchNorm(...(inputs as Vectors), node.attributes);
    return [gather(norm, constant(indices, [indices.length], 'int32'), 3)];
  });
  return { ...network, input: input!, output: output!, parameters };
}

type Vectors = readonly [Value, Value, Value, Value, Value];

function smaller(parameter: Parameter, axes: ReadonlyMap<string, KeptAlongAxes>): Parameter {
  const own = axes.get(parameter.name);
  if (!own) return parameter;
  const { name, flattened } = parameter;
  const shape = parameter.shape.map((size, axis) => own[axis]?.length ?? size);
  const ratio = shape[0]! / parameter.shape[0]!;
  return {
    ...parameter,
    shape,
    variable: variable(name, shape),
    flattened: flattened && [flattened[0], flattened[1], Math.round(flattened[2] * ratio)],
  };
}

/** Norms whose channels are picked after them. */
export const selectedNorms = (network: Network): readonly NormPlace[] =>
  normPlaces(network).filter(({ use }) => use.kind === 'select');
