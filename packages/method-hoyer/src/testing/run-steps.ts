import { program } from '@pare/graph';
import { evaluate } from '@pare/graph/testing';
import type { HostTensor, Optimizer, Tensors } from '@pare/core';
import type { FedTensor, Parameter, Value } from '@pare/graph';

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

/** Runs steps by the reference evaluator in float64; gives the outputs of each and the variables after each. */
export function runSteps(step: Step, count: number, variables: Tensors) {
  const { optimizer, parameters, gradients } = step;
  const plan = optimizer.plan(
    parameters.map((parameter, i) => ({ parameter, gradient: gradients[i]! })),
  );
  const train = program({ outputs: step.outputs, updates: plan.updates });
  const rate = step.learningRate ?? (() => optimizer.learningRate);
  let state: ReadonlyMap<string, FedTensor> = new Map([...variables, ...plan.state]);
  const states: (typeof state)[] = [];
  const history: Record<string, number>[] = [];
  for (let n = 1; n <= count; n++) {
    const feeds = { ...step.feeds(n), ...plan.feeds(n, rate(n)) };
    const result = evaluate(train, feeds, state);
    state = new Map([...state, ...result.variables]);
    states.push(state);
    history.push(
      Object.fromEntries(
        Object.entries(result.outputs).map(([name, { data }]) => [name, data[0]!]),
      ),
    );
  }
  return { history, states };
}
