import { adam, sgd } from '@pare/core';
import {
  argMax,
  cast,
  equal,
  gradients,
  input,
  instantiate,
  mean,
  program,
  softmaxCrossEntropy,
  sum,
  trainableParameters,
} from '@pare/graph';

const countCorrect = (logits, labels) => sum(cast(equal(argMax(logits), labels), 'int32'));

const optimizers = {
  sgd: (learningRate) => sgd({ learningRate, momentum: 0.9 }),
  adam: (learningRate) => adam({ learningRate }),
};

/**
 * A training step: outputs `loss` (mean) and, where asked for, `correct`; with the optimizer's state, and its feeds for
 * a step counted from 1.
 */
export function trainingProgram(network, { optimizer, learningRate, counting }) {
  const labels = input('y', ['batch'], 'int32');
  const { output, updates } = instantiate(network, { mode: 'train' });
  const loss = mean(softmaxCrossEntropy(output, labels));
  const parameters = trainableParameters(network);
  const slopes = gradients(
    loss,
    parameters.map((parameter) => parameter.variable),
  );
  const pairs = parameters.map((parameter, i) => ({ parameter, gradient: slopes[i] }));
  const plan = optimizers[optimizer](learningRate).plan(pairs);
  return {
    program: program({
      outputs: { loss, ...(counting && { correct: countCorrect(output, labels) }) },
      updates: [...updates, ...plan.updates],
    }),
    state: plan.state,
    feeds: (step) => plan.feeds(step, learningRate),
  };
}

/** An evaluation of a batch: outputs `loss` (sum) and `correct`. */
export function evaluationProgram(network) {
  const labels = input('y', ['batch'], 'int32');
  const { output } = instantiate(network, { mode: 'eval' });
  return program({
    outputs: {
      loss: sum(softmaxCrossEntropy(output, labels)),
      correct: countCorrect(output, labels),
    },
  });
}
