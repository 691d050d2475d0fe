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
import type { DialProgram } from '../contracts/method.ts';

/**
 * Program of one batch of an evaluation: inputs are the network's own (images) and `y` (int32 [batch]), outputs `loss`
 * (sum over the batch, nats) and `correct` (int32). With a dial: of its instance, with its inputs besides.
 */
export function buildEvaluationProgram(
  network: Network,
  dial?: Pick<DialProgram, 'instance' | 'inputs'>,
): Program {
  const labels = input('y', [network.input.shape[0]!], 'int32');
  const { output } = dial?.instance ?? instantiate(network, { mode: 'eval' });
  return program({
    outputs: {
      loss: sum(softmaxCrossEntropy(output, labels)),
      correct: sum(cast(equal(argMax(output), labels), 'int32')),
    },
    ...(dial && { inputs: dial.inputs }),
  });
}
