import {
  argMax,
  cast,
  equal,
  input,
  instantiate,
  program,
  softmaxCrossEntropy,
  sum,
} from '@pare/graph';
import type { Network, Program } from '@pare/graph';

/**
 * Program of one batch of an evaluation: inputs are the network's own (images) and `y` (int32 [batch]), outputs `loss`
 * (sum over the batch, nats) and `correct` (int32).
 */
export function buildEvaluationProgram(network: Network): Program {
  const labels = input('y', [network.input.shape[0]!], 'int32');
  const { output } = instantiate(network, { mode: 'eval' });
  return program({
    outputs: {
      loss: sum(softmaxCrossEntropy(output, labels)),
      correct: sum(cast(equal(argMax(output), labels), 'int32')),
    },
  });
}
