import { describe, test } from '@jest/globals';
import { fromTorchLayout, torchShape } from '@pare/core';
import {
  NetworkBuilder,
  gradients,
  input,
  instantiate,
  logSoftmax,
  mean,
  program,
  softmaxCrossEntropy,
  sqrt,
  square,
  sum,
} from '@pare/graph';
import { evaluate } from '@pare/graph/testing';
import { createLenet300100 } from './lenet-300-100.ts';
import { createLenet5 } from './lenet-5.ts';
import { expectClose } from './testing/expect-close.ts';
import type { Model } from '@pare/core';
import type { Parameter } from '@pare/graph';

// Expected numbers come from the authors' networks run in PyTorch with the same fill and input.

/** Tensor number k (from 1), in PyTorch's order: ((31 i + 7 k) mod 61 - 30) / 30, scaled by the fan in. */
function fill(parameter: Parameter, k: number) {
  const size = parameter.shape.reduce((a, b) => a * b, 1);
  const fanIn = parameter.role === 'bias' ? 50 : size / torchShape(parameter)[0]!;
  const torch = Array.from(
    { length: size },
    (_, i) => (((31 * i + 7 * k) % 61) - 30) / 30 / Math.sqrt(fanIn),
  );
  return { shape: parameter.shape, data: fromTorchLayout(parameter, torch) };
}

/** Loss, log-probabilities and norm of each gradient for two images with the labels 3 and 7. */
function run(model: Model) {
  const network = model.build(new NetworkBuilder(), { imageShape: [28, 28, 1], classes: 10 });
  const { output } = instantiate(network, { mode: 'train' });
  const loss = mean(softmaxCrossEntropy(output, input('y', ['batch'], 'int32')));
  const { parameters } = network;
  const norms = gradients(
    loss,
    parameters.map((p) => p.variable),
  ).map((gradient) => sqrt(sum(square(gradient))));
  const outputs = {
    loss,
    // The original's network ends in log-softmax.
    logProbabilities: logSoftmax(output),
    ...Object.fromEntries(parameters.map((p, i) => [p.name, norms[i]!])),
  };
  const pixels = Float32Array.from({ length: 2 * 784 }, (_, i) => ((13 * i + 5) % 29) / 28);
  const results = evaluate(
    program({ outputs }),
    {
      x: { shape: [2, 28, 28, 1], data: pixels },
      y: { shape: [2], data: Int32Array.of(3, 7) },
    },
    new Map(parameters.map((p, i) => [p.name, fill(p, i + 1)])),
  ).outputs;
  return (name: string, count = 1) => Array.from(results[name]!.data).slice(0, count);
}

describe('with the published fill', () => {
  test('lenet-300-100 gives the loss, outputs and gradients of the original', () => {
    const of = run(createLenet300100());
    expectClose(of('loss'), [2.429226], 1e-5);
    expectClose(of('logProbabilities', 3), [-2.165786, -2.350884, -2.320357], 1e-4);
    expectClose(of('fc1.weight'), [2.009619], 1e-4);
    expectClose(of('fc1.bias'), [0.1217643], 1e-4);
    expectClose(of('fc3.weight'), [1.056259], 1e-4);
  });

  test('lenet-5 gives the loss, outputs and gradients of the original', () => {
    const of = run(createLenet5());
    expectClose(of('loss'), [2.507504], 1e-5);
    expectClose(of('logProbabilities', 3), [-2.143452, -2.410537, -2.382065], 1e-4);
    expectClose(of('conv1.weight'), [0.2354264], 1e-4);
    expectClose(of('conv2.weight'), [2.44823], 1e-4);
    expectClose(of('fc1.weight'), [5.401482], 1e-4);
  });
});
