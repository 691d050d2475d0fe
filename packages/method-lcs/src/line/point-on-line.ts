import { add, mul, sub } from '@pare/graph';
import { endPointName } from './end-points.ts';
import type { HostTensor, Tensors } from '@pare/core';
import type { Network, Parameter, Value } from '@pare/graph';

/** The weights (1 - a)·w + a·w1 of a line at `alpha`, a scalar, for the parameters that have a second end point. */
export function pointOnLine(network: Network, alpha: Value): Map<string, Value> {
  const values = new Map(network.parameters.map(({ name, variable }) => [name, variable]));
  const point = new Map<string, Value>();
  for (const { name, variable } of network.parameters) {
    const end = values.get(endPointName(name));
    if (end) point.set(name, add(mul(sub(1, alpha), variable), mul(alpha, end)));
  }
  return point;
}

/** The same on the host, in float32 with the same roundings. */
export function hostPointOnLine(first: HostTensor, second: HostTensor, alpha: number): HostTensor {
  const a = Math.fround(alpha);
  const b = Math.fround(1 - a);
  const [u, v] = [first.data, second.data];
  const data = new Float32Array(u.length);
  for (let i = 0; i < data.length; i++) {
    data[i] = Math.fround(b * u[i]!) + Math.fround(a * v[i]!);
  }
  return { dtype: 'float32', shape: first.shape, data };
}

/** Weights of the plain network at a point of the line: the second end points are gone. */
export function hostWeightsAt(
  parameters: readonly Parameter[],
  weights: Tensors,
  alpha: number,
): Map<string, HostTensor> {
  return new Map(
    parameters.map(({ name }) => {
      const [first, second] = [weights.get(name)!, weights.get(endPointName(name))];
      return [name, second ? hostPointOnLine(first, second, alpha) : first];
    }),
  );
}
