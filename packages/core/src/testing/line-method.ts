import { add, addParameters, input, mul, normal, sub } from '@pare/graph';
import { initializeNetwork } from '../random/initialize.ts';
import { smallTraining } from './small-experiment.ts';
import type { Network } from '@pare/graph';
import type { CompressedState, Method, TrainStage, TransformStage } from '../contracts/method.ts';
import type { HostTensor } from '../contracts/tensor.ts';

/** The second end point of fc1.weight, a parameter beside the graph. */
export const secondEnd = 'fc1.weight1';

const extend: TransformStage = {
  kind: 'transform',
  name: 'extend',
  run: ({ network, weights, random }) => {
    const shape = weights.get('fc1.weight')!.shape;
    const added = { name: secondEnd, layer: 'fc1', shape, initializer: normal(0.5) };
    const extended = addParameters(network, [added]);
    const parameters = extended.parameters.slice(-1);
    const first = initializeNetwork({ ...extended, parameters }, random);
    return Promise.resolve({ network: extended, weights: new Map([...weights, ...first]) });
  },
};

/** Trains at a random place of the line in each step: any place is right for both ends. */
const training: Partial<TrainStage> = {
  objective: ({ network, forward, taskLoss }) => {
    const variableOf = (name: string) =>
      network.parameters.find((parameter) => parameter.name === name)!.variable;
    const alpha = input('alpha', []);
    const ends = [variableOf('fc1.weight'), variableOf(secondEnd)] as const;
    const point = add(mul(sub(1, alpha), ends[0]), mul(alpha, ends[1]));
    const { output, updates } = forward(new Map([['fc1.weight', point]]));
    const loss = taskLoss(output);
    return { total: loss, logits: output, metrics: { loss, alpha }, updates };
  },
  feeds: ({ random }) => ({
    alpha: { dtype: 'float32', shape: [], data: Float32Array.of(random.uniform()) },
  }),
};

const plainNetworks = new WeakMap<Network, Network>();

function plainNetwork(network: Network): Network {
  const known = plainNetworks.get(network);
  if (known) return known;
  const parameters = network.parameters.filter(({ name }) => name !== secondEnd);
  const plain = { ...network, parameters };
  plainNetworks.set(network, plain);
  return plain;
}

function at({ network, weights }: CompressedState, alpha: number): CompressedState {
  const end = weights.get(secondEnd);
  if (!end) return { network, weights };
  const { [secondEnd]: _second, ...rest } = Object.fromEntries(weights);
  const start = weights.get('fc1.weight')!;
  const mixed: HostTensor = {
    dtype: 'float32',
    shape: start.shape,
    data: Float32Array.from(start.data, (w, i) => (1 - alpha) * w + alpha * end.data[i]!),
  };
  const plain = new Map([...Object.entries(rest), ['fc1.weight', mixed] as const]);
  return { network: plainNetwork(network), weights: plain };
}

/**
 * For tests: a line of two end points of fc1.weight of the small network, trained at random places. Settings change weights
 * only, and the default point (alpha 0.5) is no set of weights that is trained as it is.
 */
export function lineMethod(changes: Partial<TrainStage> = {}): Method {
  return {
    name: 'line',
    paper: 'none',
    plan: () => [extend, smallTraining({ ...training, ...changes })],
    report: () => ({ values: {}, tables: [] }),
    operatingPoints: () =>
      [0.5, 0, 1].map((alpha) => ({ name: `alpha ${alpha}`, settings: { alpha } })),
    dials: () => [{ name: 'alpha', from: 0, to: 1, description: 'place on the line' }],
    at: (state, { settings }) => at(state, settings.alpha!),
  };
}
