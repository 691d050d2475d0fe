import { program } from '@pare/graph';
import { createReferenceEngine } from '@pare/core/testing';
import type { HostTensor, Optimizer, Tensors } from '@pare/core';
import type { Parameter, Value } from '@pare/graph';

/** One training step as a program, and what feeds it. */
export interface Step {
  readonly parameters: readonly Parameter[];
  readonly gradients: readonly Value[];
  readonly optimizer: Optimizer;
  /** Scalars to look at, before the update. */
  readonly outputs: Readonly<Record<string, Value>>;
  readonly feeds: (step: number) => Readonly<Record<string, HostTensor>>;
  /** Learning rate of a step (from 1); default that of the optimizer. */
  readonly learningRate?: (step: number) => number;
}

/** Runs steps on an engine, default the reference; gives the outputs of each and the variables after each. */
export async function runSteps(
  step: Step,
  count: number,
  variables: Tensors,
  engine = createReferenceEngine(),
) {
  const { optimizer, parameters, gradients } = step;
  const plan = optimizer.plan(
    parameters.map((parameter, i) => ({ parameter, gradient: gradients[i]! })),
  );
  const train = program({ outputs: step.outputs, updates: plan.updates });
  const rate = step.learningRate ?? (() => optimizer.learningRate);
  const session = await engine.open({ train });
  await session.write(new Map([...variables, ...plan.state]));
  const states: Tensors[] = [];
  const history: Record<string, number>[] = [];
  for (let n = 1; n <= count; n++) {
    const outputs = await session.run('train', { ...step.feeds(n), ...plan.feeds(n, rate(n)) });
    states.push(await session.read());
    history.push(
      Object.fromEntries(Object.entries(outputs).map(([name, { data }]) => [name, data[0]!])),
    );
  }
  await session.dispose();
  return { history, states };
}
