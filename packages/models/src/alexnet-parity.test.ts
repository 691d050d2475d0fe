import { test } from '@jest/globals';
import { NetworkBuilder, topologicalOrder } from '@pare/graph';
import {
  createAlexnet,
  createAlexnetBn,
  createAlexnetCifar,
  createCaffeAlexnet,
} from './alexnet.ts';
import { deepHoyerData } from './testing/deep-hoyer-fill.ts';
import { describeNatively } from './testing/describe-natively.ts';
import { expectClose } from './testing/expect-close.ts';
import { firstLogits, squaresOf } from './testing/first-logits.ts';
import { runNetwork } from './testing/run-network.ts';
import type { Model } from '@pare/core';
import type { Network } from '@pare/graph';

const build = (model: Model, size: number): Network =>
  model.build(new NetworkBuilder(), { imageShape: [size, size, 3], classes: 10 });

/** The network up to the map that the dense layers read, flattened. */
function trunk(network: Network): Network {
  const flat = topologicalOrder([network.output]).find(({ op }) => op.name === 'flatten')!;
  const used = new Set(topologicalOrder([flat.outputs[0]!]));
  const parameters = network.parameters.filter(({ variable }) => used.has(variable.node));
  return { ...network, output: flat.outputs[0]!, parameters };
}

describeNatively('with the fill of DeepHoyer', (engine) => {
  test('alexnet-cifar gives logits and loss of the original', async () => {
    const network = build(createAlexnetCifar(), 32);
    const { logits, loss } = await runNetwork(engine(), network, 'eval', deepHoyerData(network));
    expectClose(logits[0]!.slice(0, 3), [0.160115, 0.0290411, -0.296362], 1e-4);
    expectClose([loss], [2.425231], 1e-5);
  });

  // Numbers of the networks written anew in PyTorch (float64). Dense layers are left out for their size.
  test.each([
    [
      'alexnet',
      createAlexnet(),
      224,
      [0, 0.225672678, 0.189046059, 0, 0, 0.120824855, 0.323539281],
      256.462645,
    ],
    [
      'alexnet-bn',
      createAlexnetBn(),
      227,
      [0.26250017, 0.384335758, 0, 0.375743982, 0.153752828],
      1144.35236,
    ],
    [
      'caffe-alexnet',
      createCaffeAlexnet(),
      227,
      [0, 0.0438891276, 0, 0.100156988, 0, 0.173648454, 0.00418870715],
      163.947249,
    ],
  ] as const)('the convolutions of %s', async (_, model, size, values, squares) => {
    const network = trunk(build(model, size));
    const { logits } = await runNetwork(engine(), network, 'eval', deepHoyerData(network, [0]));
    expectClose(firstLogits(logits, values.length), values, 1e-4);
    expectClose([squaresOf(logits)], [squares], 1e-4);
  });
});
