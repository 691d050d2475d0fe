import {
  gradients,
  input,
  instantiate,
  mean,
  program,
  softmaxCrossEntropy,
  trainableParameters,
} from '@pare/graph';

import { optimizerOf } from './optimizer.mjs';

/** A bare training step with the output `loss`; the optimizer's state, and its feeds for a step counted from 1. */
export function trainingProgram(network, job) {
  const labels = input('y', ['batch'], 'int32');
  const { output, updates } = instantiate(network, { mode: 'train' });
  const loss = mean(softmaxCrossEntropy(output, labels));
  const parameters = trainableParameters(network);
  const slopes = gradients(
    loss,
    parameters.map((parameter) => parameter.variable),
  );
  const optimizer = optimizerOf(job);
  const plan = optimizer.plan(
    parameters.map((parameter, i) => ({ parameter, gradient: slopes[i] })),
  );
  return {
    program: program({ outputs: { loss }, updates: [...updates, ...plan.updates] }),
    state: plan.state,
    feeds: (step) => plan.feeds(step, optimizer.learningRate),
  };
}
