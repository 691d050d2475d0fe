import {
  add,
  argMax,
  cast,
  constant,
  equal,
  gradients,
  input,
  instantiate,
  mean,
  nameOf,
  program,
  softmaxCrossEntropy,
  sum,
} from '@pare/graph';
import { PareError } from '../errors/pare-error.ts';
import { buildEvaluationProgram } from '../evaluation/build-evaluation-program.ts';
import type { Network, Parameter, Value } from '@pare/graph';
import type {
  CompressedState,
  Objective,
  ObjectiveContext,
  Programs,
  TrainStage,
} from '../contracts/method.ts';
import type { Tensors } from '../contracts/tensor.ts';
import type { GradientPair, OptimizerPlan } from '../contracts/optimizer.ts';

/** The programs of a training stage and what must be known to run them. */
export interface TrainingPrograms {
  /** `train`: a step; outputs `total`, `correct` (int32) and `metric.<name>`. `evaluate`: see `buildEvaluationProgram`. */
  readonly programs: Programs;
  readonly optimizer: OptimizerPlan;
  /** Names of the objective's metrics. */
  readonly metrics: readonly string[];
  /** Whether the step needs `seed` (int32 [2]), new each time. */
  readonly needsSeed: boolean;
  /** Names of the inputs for images and labels. */
  readonly inputs: { readonly x: string; readonly labels: string };
  readonly objective: Objective;
  /** Every trained parameter with the gradient as it comes out of the objective. */
  readonly gradients: readonly GradientPair[];
}

/** Name of the input of labels: int32 [batch]. */
export const labelsInput = 'y';

/** Name of the input for random layers: int32 [2]. */
export const seedInput = 'seed';

/**
 * Builds the programs of a training stage: forward, objective, gradients, optimizer and state updates in one step. `weights`
 * are for stages that adjust by what they start with.
 */
export function buildTrainingProgram(
  network: Network,
  stage: TrainStage,
  weights: Tensors = new Map(),
): TrainingPrograms {
  const x = network.input;
  const labels = input(labelsInput, [x.shape[0]!], 'int32');
  const objective = buildObjective({ network, weights, x, labels, stage });
  const pairs = pairGradients({ network, weights }, stage, objective.total);
  const optimizer = stage.optimizer.plan(pairs.adjusted);
  const right = equal(argMax(objective.logits), labels);
  const train = program({
    outputs: {
      total: objective.total,
      correct: sum(cast(right, 'int32')),
      ...Object.fromEntries(
        Object.entries(objective.metrics).map(([name, value]) => [`metric.${name}`, value]),
      ),
    },
    updates: [...optimizer.updates, ...objective.updates],
    ...(objective.inputs && { inputs: objective.inputs }),
  });
  return {
    programs: { train, evaluate: buildEvaluationProgram(network) },
    optimizer,
    metrics: Object.keys(objective.metrics),
    needsSeed: train.inputs.has(seedInput),
    inputs: { x: nameOf(x), labels: labelsInput },
    objective,
    gradients: pairs.plain,
  };
}

interface ObjectiveParts extends Pick<ObjectiveContext, 'network' | 'weights' | 'x' | 'labels'> {
  readonly stage: TrainStage;
}

function buildObjective({ network, weights: start, x, labels, stage }: ObjectiveParts): Objective {
  const seed = input(seedInput, [2], 'int32');
  let passes = 0;
  const forward: ObjectiveContext['forward'] = (weights, rule) => {
    // Each pass draws its own dropout masks: the first word of the seed counts the passes.
    const own = passes === 0 ? seed : add(seed, constant([passes, 0], [2], 'int32'));
    passes++;
    return instantiate(network, {
      mode: 'train',
      input: x,
      seed: own,
      ...(weights && { weights }),
      ...(rule && { rule }),
    });
  };
  const taskLoss = (logits: Value) => mean(softmaxCrossEntropy(logits, labels));
  if (stage.objective)
    return stage.objective({ network, weights: start, x, labels, forward, taskLoss });
  const { output, updates } = forward();
  const loss = taskLoss(output);
  return { total: loss, logits: output, metrics: { loss }, updates };
}

function pairGradients(
  state: CompressedState,
  stage: TrainStage,
  total: Value,
): { plain: GradientPair[]; adjusted: GradientPair[] } {
  const { network } = state;
  const parameters = network.parameters.filter((parameter) => parameter.trainable);
  const values = gradients(
    total,
    parameters.map((parameter) => parameter.variable),
  );
  const plain: GradientPair[] = [];
  const adjusted: GradientPair[] = [];
  parameters.forEach((parameter: Parameter, i) => {
    const gradient = values[i]!;
    const { frozen, ...changes } = stage.adjust?.(parameter, gradient, state) ?? {};
    if (frozen) return;
    plain.push({ parameter, gradient });
    adjusted.push({ parameter, gradient, ...changes });
  });
  if (plain.length === 0) {
    throw new PareError(
      'NOTHING_TO_TRAIN',
      `stage "${stage.name}": every parameter of "${network.name}" is frozen. Leave the stage out or train some of them.`,
    );
  }
  return { plain, adjusted };
}
