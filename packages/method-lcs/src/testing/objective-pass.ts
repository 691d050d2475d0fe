import { buildTrainingProgram } from '@pare/core';
import { add, nameOf, program, sqrt, square, sum } from '@pare/graph';
import { fillImages } from './name-fill.ts';
import type { CompressedState, Engine, HostTensor, TrainStage } from '@pare/core';

/** What one forward and backward pass of a stage's objective gives. */
export interface ObjectivePass {
  /** Logits [2, classes], row by row. */
  readonly logits: readonly number[];
  readonly metrics: Readonly<Record<string, number>>;
  /** Euclidean norm of the gradients of all trained parameters together. */
  readonly gradientNorm: number;
  /** The state after the objective's own updates; weights are not trained. */
  readonly after: CompressedState;
}

/** Runs the objective of a stage once on the two images [32, 32, 3] with labels 3 and 7. */
export async function objectivePass(
  engine: Engine,
  { network, weights }: CompressedState,
  { stage, feeds }: { readonly stage: TrainStage; readonly feeds: Record<string, HostTensor> },
): Promise<ObjectivePass> {
  const { objective, gradients, inputs } = buildTrainingProgram(network, stage);
  const squares = gradients.map(({ gradient }) => sum(square(gradient))).reduce(add);
  const pass = program({
    outputs: { logits: objective.logits, norm: sqrt(squares), ...objective.metrics },
    updates: objective.updates,
    ...(objective.inputs && { inputs: objective.inputs }),
  });
  const session = await engine.open({ pass });
  const names = [...pass.variables.keys()];
  await session.write(new Map(names.map((name) => [name, weights.get(name)!])));
  const { logits, norm, ...metrics } = await session.run('pass', {
    [nameOf(network.input)]: { dtype: 'float32', shape: [2, 32, 32, 3], data: fillImages() },
    [inputs.labels]: { dtype: 'int32', shape: [2], data: Int32Array.of(3, 7) },
    ...feeds,
  });
  const after = new Map([...weights, ...(await session.read(names))]);
  await session.dispose();
  const value = (tensor: HostTensor | undefined) => tensor!.data[0]!;
  return {
    logits: [...logits!.data],
    metrics: Object.fromEntries(Object.entries(metrics).map(([k, v]) => [k, value(v)])),
    gradientNorm: value(norm),
    after: { network, weights: after },
  };
}
