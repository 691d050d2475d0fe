import { keepChannels } from '@pare/graph';
import { endPointName } from '../line/end-points.ts';
import { plainNetwork } from '../line/plain-network.ts';
import { hostWeightsAt } from '../line/point-on-line.ts';
import { channelsAt, channelsOf, slimmableGroups } from './channel-counts.ts';
import type { CompressedState, HostTensor } from '@pare/core';
import type { Network, SmallerNetwork } from '@pare/graph';

/** The plain network at a width, without what lies beside its graph. */
export function slimNetwork(network: Network, width: number): SmallerNetwork {
  const ends = new Set(network.parameters.map(({ name }) => endPointName(name)));
  const plain = plainNetwork(network, (name) => ends.has(name));
  const kept = new Map(
    slimmableGroups(plain)
      .map(({ id, size }) => [id, size, channelsAt(size, width)] as const)
      .filter(([, size, count]) => count < size)
      .map(([id, , count]) => [id, Array.from({ length: count }, (_, i) => i)]),
  );
  if (kept.size === 0) return { network: plain, select: new Map() };
  return keepChannels(plain, channelsOf(plain), kept);
}

/** Network and weights at a width: the first channels of each layer, and norms at the point of the line where there is one. */
export function networkAt(
  { network, weights }: CompressedState,
  width: number,
  alpha: number | undefined,
): CompressedState {
  const { network: slim, select } = slimNetwork(network, width);
  const point = alpha === undefined ? weights : hostWeightsAt(slim.parameters, weights, alpha);
  return {
    network: slim,
    weights: new Map(
      slim.parameters.map(({ name, shape }): [string, HostTensor] => {
        const whole = point.get(name)!;
        const indices = select.get(name);
        if (!indices) return [name, whole];
        const data = new Float32Array(indices.length);
        for (let i = 0; i < data.length; i++) data[i] = whole.data[indices[i]!]!;
        return [name, { dtype: 'float32', shape, data }];
      }),
    ),
  };
}
