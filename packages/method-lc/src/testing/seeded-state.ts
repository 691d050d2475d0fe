import { SeededRandom, fromTorchLayout, initializeNetwork } from '@pare/core';
import { NetworkBuilder } from '@pare/graph';
import { expandWeights } from '../network/expand-weights.ts';
import { kernelsOf } from '../network/kernel.ts';
import { oracleNumbers } from './oracle-numbers.ts';
import type { CompressedState, HostTensor, Model } from '@pare/core';
import type { Network, Parameter } from '@pare/graph';
import type { CompressedTask } from '../network/kernel.ts';

/** A model for square images and 10 classes unless told otherwise. */
export function buildModel(model: Model, size: number, channels = 3, classes = 10): Network {
  return model.build(new NetworkBuilder(), { imageShape: [size, size, channels], classes });
}

/** The network with first values; those that begin as zeros or ones are random too, so that each of them counts. */
export function seededState(network: Network): CompressedState {
  const weights = new Map(initializeNetwork(network, new SeededRandom(1)));
  network.parameters.forEach(({ name, initializer, role }, i) => {
    if (initializer.kind !== 'constant') return;
    const tensor = weights.get(name)!;
    const about = role === 'running-variance' || role === 'norm-scale' ? 1 : 0;
    const data = oracleNumbers(100 + i, tensor.data.length).map((x) => about + x / 10);
    weights.set(name, { ...tensor, data });
  });
  return { network, weights };
}

/** The state with Δ(Θ) for its compressed weights and the graph as it is: what a compressed network has to compute. */
export function withDelta(
  state: CompressedState,
  tasks: readonly CompressedTask[],
): CompressedState {
  const weights = new Map<string, HostTensor>(state.weights);
  for (const { parameter, theta } of kernelsOf(state.network, tasks)) {
    const data = fromTorchLayout(parameter, expandWeights(theta));
    weights.set(parameter.name, { dtype: 'float32', shape: parameter.shape, data });
  }
  return { ...state, weights };
}

/** Weights of layers: kernels of convolutions and dense layers. */
export const kernelParameters = ({ parameters }: Network): Parameter[] =>
  parameters.filter(({ role }) => role === 'weight');

/** One task for a kernel, named after its layer. */
export const oneTask = (parameter: Parameter, theta: CompressedTask['theta']): CompressedTask => ({
  task: { name: parameter.layer, parameters: [parameter] },
  theta,
});
