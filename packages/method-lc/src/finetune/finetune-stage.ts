import { add, mul } from '@pare/graph';
import { decaysOnly } from '../steps/decay.ts';
import { epochDecay } from '../steps/epoch-decay.ts';
import { lcOptimizer } from '../steps/lc-optimizer.ts';
import { packData, unpackData } from '../steps/packed-data.ts';
import { constraintTensors, isFixed, masked, sharesNumbers } from './constraint.ts';
import { freedoms } from './freedom.ts';
import { squaredProducts } from './product-decay.ts';
import { sharedWeights } from './shared-numbers.ts';
import type { HostTensor, Objective, ObjectiveContext, Tensors, TrainStage } from '@pare/core';
import type { LcOptions } from '../options.ts';
import type { LayerDecision } from '../network/layer-decision.ts';
import type { CompressionTask } from '../tasks/compression-task.ts';
import type { Product } from './product-decay.ts';
import type { Sharing } from './shared-numbers.ts';

const productsName = 'lc:products';
const sharingsName = 'lc:sharings';

/** Parameters that share their numbers, and the number of each value. */
interface Shared {
  readonly names: string[];
  readonly numbering: Map<number, number>;
}

/** What the stage must know of compressed weights, for beside them. */
export function finetuneTensors(
  tasks: readonly CompressionTask[],
  decisions: readonly LayerDecision[],
  weights: Tensors,
): Map<string, HostTensor> {
  const byName = new Map(tasks.map((task) => [task.name, task]));
  const shared = new Map<string, Shared>();
  const constraints = decisions.flatMap(({ task, parameters }) => {
    const contents = parameters.map(({ content }) => content);
    const free = freedoms(byName.get(task)!.parts, contents);
    return parameters.flatMap(({ name }, i) => {
      const { freedom, part } = free[i]!;
      const numbering = sharesNumbers(freedom)
        ? join(shared, `${part} ${task}`, name).numbering
        : undefined;
      return constraintTensors(name, weights.get(name)!, freedom, numbering);
    });
  });
  const products = decisions
    .filter(({ form }) => form === 'factored')
    .map(({ parameters }): Product => [parameters[0]!.name, parameters[1]!.name]);
  const sharings = Array.from(shared.values(), ({ names }): Sharing => names);
  return new Map([
    ...constraints,
    [productsName, packData(products)],
    [sharingsName, packData(sharings)],
  ]);
}

/** The layers of a task share the numbers of each of its parts. */
function join(shared: Map<string, Shared>, key: string, name: string): Shared {
  const found: Shared = shared.get(key) ?? { names: [], numbering: new Map() };
  found.names.push(name);
  shared.set(key, found);
  return found;
}

/** Training of what the compressed form leaves free: factors, values of codebooks, scales, weights that are not pruned. */
export function finetuneStage(
  settings: Exclude<LcOptions['finetune'], false>,
  options: LcOptions,
): TrainStage {
  const { weightDecay, batchSize, keep } = options;
  const { learningRate, epochs } = settings;
  const decays = decaysOnly(options);
  return {
    kind: 'train',
    name: 'finetune',
    epochs,
    batchSize,
    optimizer: lcOptimizer(options, learningRate),
    schedule: epochDecay(settings),
    keep,
    startCompetes: keep === 'best',
    variables: ({ weights }) => new Map([...weights].filter(([name]) => name.startsWith('lc:'))),
    objective: (context) => tunedObjective(context, weightDecay),
    adjust: (parameter, gradient, state) => {
      if (isFixed(parameter.name, state.weights)) return { frozen: true };
      const isFactor = productsOf(state.weights).flat().includes(parameter.name);
      return {
        ...decays(parameter, gradient, state),
        ...(isFactor && { weightDecay: 0 }),
        gradient: masked(parameter, gradient, state.weights),
      };
    },
  };
}

const listOf = <Item>(name: string, weights: Tensors): readonly Item[] => {
  const tensor = weights.get(name);
  return tensor ? (unpackData(tensor) as Item[]) : [];
};

const productsOf = (weights: Tensors) => listOf<Product>(productsName, weights);

/** The task loss, and for layers in two parts the decay of their product. */
function tunedObjective(
  { network, weights, forward, taskLoss }: ObjectiveContext,
  weightDecay: number,
): Objective {
  const parameters = new Map(network.parameters.map((parameter) => [parameter.name, parameter]));
  const shared = listOf<Sharing>(sharingsName, weights).flatMap((names) =>
    sharedWeights(
      names.map((name) => parameters.get(name)!),
      weights,
    ),
  );
  const { output, updates } = forward(new Map(shared));
  const loss = taskLoss(output);
  const squared = weightDecay > 0 ? squaredProducts(productsOf(weights), parameters) : undefined;
  const total = squared ? add(loss, mul(weightDecay / 2, squared)) : loss;
  return { total, logits: output, metrics: { loss }, updates };
}
