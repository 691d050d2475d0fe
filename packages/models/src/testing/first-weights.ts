import { SeededRandom, initializeParameter } from '@pare/core';
import type { HostTensor, Tensors } from '@pare/core';
import type { Network, Parameter } from '@pare/graph';

/** Most numbers that are drawn for a parameter: a prime, so that neighbouring filters differ. */
const drawn = 10_007;

/** First values of every parameter by its initializer. Those of a long one repeat: drawing 60 million takes longer than a step. */
export function firstWeights(network: Network): Tensors {
  const random = new SeededRandom(1);
  return new Map(network.parameters.map((p) => [p.name, firstValues(p, random.fork(p.name))]));
}

function firstValues(parameter: Parameter, random: SeededRandom): HostTensor {
  const { shape } = parameter;
  const size = shape.reduce((a, b) => a * b, 1);
  const sample = { ...parameter, shape: [Math.min(size, drawn)] };
  const { data: values } = initializeParameter(sample, random);
  const data = new Float32Array(size);
  data.set(values);
  for (let done = values.length; done < size; done *= 2) data.copyWithin(done, 0, done);
  return { dtype: 'float32', shape, data };
}
