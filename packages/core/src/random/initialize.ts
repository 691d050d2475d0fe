import { toTensorData } from '@pare/graph';
import { PareError } from '../errors/pare-error.ts';
import type { Network, Parameter } from '@pare/graph';
import type { Random } from '../contracts/services.ts';
import type { HostTensor, Tensors } from '../contracts/tensor.ts';

/**
 * First values of every parameter. Each is drawn from a stream of its own, named after the parameter, so that adding a
 * layer leaves the others as they are.
 */
export function initializeNetwork(network: Network, random: Random): Tensors {
  return new Map(
    network.parameters.map((parameter) => [
      parameter.name,
      initializeParameter(parameter, random.fork(parameter.name)),
    ]),
  );
}

/** First values of one parameter. */
export function initializeParameter(parameter: Parameter, random: Random): HostTensor {
  const { shape, variable } = parameter;
  const size = shape.reduce((a, b) => a * b, 1);
  const next = draw(parameter, size, random);
  const data = toTensorData(new Float64Array(size), variable.dtype);
  for (let i = 0; i < size; i++) data[i] = next(i);
  return { dtype: variable.dtype, shape, data };
}

function draw(
  { name, initializer, shape }: Parameter,
  size: number,
  random: Random,
): (index: number) => number {
  switch (initializer.kind) {
    case 'constant':
      return () => initializer.value;
    case 'uniform':
      return () => initializer.low + (initializer.high - initializer.low) * random.uniform();
    case 'normal':
      return () => initializer.mean + initializer.deviation * random.normal();
    case 'signed':
      return () => (random.uniform() < 0.5 ? -initializer.magnitude : initializer.magnitude);
    case 'values':
      if (initializer.values.length !== size) {
        throw new PareError(
          'BAD_INITIALIZER',
          `parameter "${name}": shape [${shape.join(', ')}] needs ${size} first values; received ${initializer.values.length}.`,
        );
      }
      return (index) => initializer.values[index]!;
  }
}
