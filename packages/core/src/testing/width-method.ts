import { dimensionInput, instantiate, slice } from '@pare/graph';
import { smallNetwork, smallTraining } from './small-experiment.ts';
import type { CompressedState, DialProgram, Method } from '../contracts/method.ts';
import type { HostTensor } from '../contracts/tensor.ts';

/** The first columns of a matrix, or elements of a vector. */
function firstColumns({ shape, data }: HostTensor, count: number): HostTensor {
  const columns = shape.at(-1)!;
  const kept = (data as Float32Array).filter((_, i) => i % columns < count);
  return { dtype: 'float32', shape: [...shape.slice(0, -1), count], data: kept };
}

function at({ weights }: CompressedState, units: number): CompressedState {
  const { data } = weights.get('fc2.weight')!;
  const narrow: HostTensor = {
    dtype: 'float32',
    shape: [units, 3],
    data: (data as Float32Array).slice(0, 3 * units),
  };
  return {
    network: smallNetwork(units),
    weights: new Map([
      ['fc1.weight', firstColumns(weights.get('fc1.weight')!, units)],
      ['fc1.bias', firstColumns(weights.get('fc1.bias')!, units)],
      ['fc2.weight', narrow],
      ['fc2.bias', weights.get('fc2.bias')!],
    ]),
  };
}

function dial({ network }: CompressedState): DialProgram {
  const value = (name: string) =>
    network.parameters.find((parameter) => parameter.name === name)!.variable;
  const weights = new Map([
    ['fc1.weight', slice(value('fc1.weight'), [0, 0], [4, 'units'])],
    ['fc1.bias', slice(value('fc1.bias'), [0], ['units'])],
    ['fc2.weight', slice(value('fc2.weight'), [0, 0], ['units', 3])],
  ]);
  return {
    instance: instantiate(network, { mode: 'eval', weights }),
    inputs: [dimensionInput('units')],
    feeds: ({ units }) => ({
      units: { dtype: 'int32', shape: [], data: Int32Array.of(units!) },
    }),
  };
}

/** What a result with widths may lack. */
export type WidthPart = 'dial' | 'dials';

/**
 * For tests: the small network with as many of its five hidden units as one wants. Settings change the sizes of layers.
 * Without `dial` it has plain networks only; without `dials`, its three points only.
 */
export function widthMethod(
  ...without: readonly WidthPart[]
): Method & Pick<Required<Method>, 'at'> {
  const dials: Method['dials'] = () => [
    { name: 'units', from: 1, to: 5, whole: true, description: 'hidden units' },
  ];
  return {
    name: 'width',
    paper: 'none',
    plan: () => [smallTraining()],
    report: () => ({ values: {}, tables: [] }),
    operatingPoints: () =>
      [3, 5, 1].map((units) => ({ name: `units ${units}`, settings: { units } })),
    at: (state, { settings }) => at(state, settings.units!),
    ...(!without.includes('dials') && { dials }),
    ...(!without.includes('dial') && { dial }),
  };
}
