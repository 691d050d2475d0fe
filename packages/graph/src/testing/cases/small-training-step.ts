import { gradients } from '../../autodiff/gradients.ts';
import { mean } from '../../composites/mean.ts';
import { instantiate } from '../../network/instantiate.ts';
import { NetworkBuilder } from '../../network/network-builder.ts';
import { trainableParameters } from '../../network/network.ts';
import { adamUpdate } from '../../ops/adam-update.ts';
import { flatten } from '../../ops/flatten.ts';
import { maxPool } from '../../ops/max-pool.ts';
import { momentumUpdate } from '../../ops/momentum-update.ts';
import { relu } from '../../ops/relu.ts';
import { softmaxCrossEntropy } from '../../ops/softmax-cross-entropy.ts';
import { opCase } from '../define-case.ts';
import type { Network } from '../../network/network.ts';
import type { OpCase } from '../op-case.ts';

function smallNetwork(): Network {
  const builder = new NetworkBuilder();
  const x = builder.input([6, 6, 1]);
  const convolved = builder.conv2d('conv', x, { filters: 3, kernel: 3, padding: 1 });
  const pooled = maxPool(relu(builder.batchNorm('norm', convolved)), { size: 2 });
  return builder.build('small', x, builder.dense('dense', flatten(pooled), { units: 4 }));
}

/**
 * One training step of a small network: convolution, batch norm, rectifier, pooling and a dense layer with
 * cross-entropy. Convolution and norm learn by momentum, the dense layer by Adam.
 */
export function smallTrainingStep(): OpCase {
  const ops = [
    'conv2d',
    'batchNormTraining',
    'batchNormGradient',
    'maxPoolGradient',
    'softmaxCrossEntropy',
  ];
  return opCase(
    'small training step',
    [...ops, 'momentumUpdate', 'adamUpdate'],
    ({ floats, weights, numbers }, update) => {
      const network = smallNetwork();
      const values = new Map(
        network.parameters.map(({ name, shape, role }) => {
          const isScale = role === 'norm-scale' || role === 'running-variance';
          return [
            name,
            weights(name, shape, isScale ? { from: 0.5, to: 1.5 } : { from: -0.5, to: 0.5 }),
          ];
        }),
      );
      const input = floats('x', [5, 6, 6, 1], { as: ['batch', 6, 6, 1] });
      const labels = numbers('labels', [0, 3, 1, 2, 3], [5], 'int32', ['batch']);
      const instance = instantiate(network, { mode: 'train', input, weights: values });
      const loss = mean(softmaxCrossEntropy(instance.output, labels));
      const [rate, alpha, epsilon] = [
        floats('rate', [], { values: [0.1] }),
        floats('alpha', [], { values: [0.01] }),
        floats('epsilon', [], { values: [1e-4] }),
      ];
      const trainable = trainableParameters(network);
      const slopes = gradients(
        loss,
        trainable.map(({ name }) => values.get(name)!),
      );
      trainable.forEach(({ name, shape, layer }, i) => {
        const weight = values.get(name)!;
        const first = weights(`${name}/first`, shape, { from: -0.1, to: 0.1 });
        if (layer !== 'dense') {
          const next = momentumUpdate(weight, first, slopes[i]!, rate, {
            momentum: 0.9,
            nesterov: true,
          });
          update(weight, next.weight);
          update(first, next.buffer);
          return;
        }
        const second = weights(`${name}/second`, shape, { from: 0.001, to: 0.01 });
        const next = adamUpdate({ weight, first, second }, slopes[i]!, alpha, epsilon, {
          beta1: 0.9,
          beta2: 0.999,
        });
        update(weight, next.weight);
        update(first, next.first);
        update(second, next.second);
      });
      for (const { variable, value } of instance.updates)
        update(values.get(variable.node.attributes.name as string)!, value);
      return { loss, logits: instance.output };
    },
    { tolerance: 1e-4 },
  );
}
