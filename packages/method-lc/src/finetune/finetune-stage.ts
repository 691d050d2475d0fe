import { add, mul } from '@pare/graph';
import { decaysOnly } from '../steps/decay.ts';
import { epochDecay } from '../steps/epoch-decay.ts';
import { lcOptimizer } from '../steps/lc-optimizer.ts';
import { packData, unpackData } from '../steps/packed-data.ts';
import { constrained, constraintTensors, isFixed } from './constraint.ts';
import { freedoms } from './freedom.ts';
import { squaredProducts } from './product-decay.ts';
import type { HostTensor, Objective, ObjectiveContext, Tensors, TrainStage } from '@pare/core';
import type { LcOptions } from '../options.ts';
import type { LayerDecision } from '../network/layer-decision.ts';
import type { CompressionTask } from '../tasks/compression-task.ts';
import type { Product } from './product-decay.ts';

const productsName = 'lc:products';

/** What the stage must know of compressed weights, for beside them. */
export function finetuneTensors(
  tasks: readonly CompressionTask[],
  decisions: readonly LayerDecision[],
  weights: Tensors,
): Map<string, HostTensor> {
  const byName = new Map(tasks.map((task) => [task.name, task]));
  const constraints = decisions.flatMap(({ task, parameters }) => {
    const contents = parameters.map(({ content }) => content);
    const free = freedoms(byName.get(task)!.parts, contents);
    return parameters.flatMap(({ name }, i) =>
      constraintTensors(name, weights.get(name)!, free[i]!),
    );
  });
  const products = decisions
    .filter(({ form }) => form === 'factored')
    .map(({ parameters }): Product => [parameters[0]!.name, parameters[1]!.name]);
  return new Map([...constraints, [productsName, packData(products)]]);
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
    objective: (context) => decayedProducts(context, weightDecay),
    adjust: (parameter, gradient, state) => {
      if (isFixed(parameter.name, state.weights)) return { frozen: true };
      const isFactor = productsOf(state.weights).flat().includes(parameter.name);
      return {
        ...decays(parameter, gradient, state),
        ...(isFactor && { weightDecay: 0 }),
        gradient: constrained(parameter, gradient, state.weights),
      };
    },
  };
}

const productsOf = (weights: Tensors): readonly Product[] => {
  const tensor = weights.get(productsName);
  return tensor ? (unpackData(tensor) as Product[]) : [];
};

/** The task loss, and for layers in two parts the decay of their product. */
function decayedProducts(
  { network, weights, forward, taskLoss }: ObjectiveContext,
  weightDecay: number,
): Objective {
  const { output, updates } = forward();
  const loss = taskLoss(output);
  const parameters = new Map(network.parameters.map((parameter) => [parameter.name, parameter]));
  const squared = weightDecay > 0 ? squaredProducts(productsOf(weights), parameters) : undefined;
  const total = squared ? add(loss, mul(weightDecay / 2, squared)) : loss;
  return { total, logits: output, metrics: { loss }, updates };
}
