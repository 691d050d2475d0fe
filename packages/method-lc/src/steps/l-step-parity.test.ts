import { expect, test } from '@jest/globals';
import {
  add,
  constant,
  gradients,
  mul,
  program,
  square,
  sub,
  sum,
  variable,
  zeros,
} from '@pare/graph';
import { evaluate } from '@pare/graph/testing';
import { lcOptimizer } from './lc-optimizer.ts';
import type { HostTensor } from '@pare/core';
import type { Parameter } from '@pare/graph';

const vector = (...numbers: number[]): HostTensor => ({
  dtype: 'float32',
  shape: [numbers.length],
  data: Float32Array.from(numbers),
});

const parameter: Parameter = {
  name: 'w',
  layer: 'w',
  role: 'weight',
  layout: 'vector',
  trainable: true,
  shape: [3],
  initializer: zeros,
  groups: 1,
  flattened: undefined,
  variable: variable('w', [3]),
};

// Loss ½·Σ a·w² + (μ/2)·‖w - t‖² with a = (3, 1, 0.5), t = (0.2, 0.3, -0.1), μ = 0.5; figures of PyTorch's SGD.
test('an L step by SGD with Nesterov momentum takes the steps of the authors', () => {
  const w = parameter.variable;
  const task = mul(0.5, sum(mul(constant([3, 1, 0.5]), square(w))));
  const distance = sum(square(sub(w, constant([0.2, 0.3, -0.1]))));
  const loss = add(task, mul(0.25, distance));
  const [gradient] = gradients(loss, [w]);
  const plan = lcOptimizer({ momentum: 0.9, nesterov: true, weightDecay: 0 }, 0.1).plan([
    { parameter, gradient: gradient! },
  ]);
  const step = program({ outputs: { loss }, updates: plan.updates });
  const variables = new Map([['w', vector(1, -2, 0.5)], ...plan.state]);
  const losses: number[] = [];
  const weights: number[][] = [];
  for (let i = 1; i <= 4; i++) {
    const { outputs, variables: next } = evaluate(step, plan.feeds(i, 0.1), variables);
    for (const [name, { shape, data }] of next)
      variables.set(name, { dtype: 'float32', shape, data: Float32Array.from(data) });
    losses.push(outputs.loss!.data[0]!);
    weights.push(Array.from(variables.get('w')!.data));
  }
  [5.135, 2.000265, 0.625652, 0.33773].forEach((expected, i) =>
    expect(losses[i]).toBeCloseTo(expected, 5),
  );
  [0.354, -1.4015, 0.3955].forEach((expected, i) =>
    expect(weights[0]![i]).toBeCloseTo(expected, 5),
  );
  [-0.3629785, 0.4465288, 0.0016384].forEach((expected, i) =>
    expect(weights[3]![i]).toBeCloseTo(expected, 5),
  );
});
