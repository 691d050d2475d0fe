import { afterAll, beforeAll, describe, test } from '@jest/globals';
import { createTensorFlowEngine, tensorFlowStatus } from '@pare/engine-tensorflow';
import { NetworkBuilder, topologicalOrder } from '@pare/graph';
import {
  createAlexnet,
  createAlexnetBn,
  createAlexnetCifar,
  createCaffeAlexnet,
} from './alexnet.ts';
import { deepHoyerFill, deepHoyerPixel } from './testing/deep-hoyer-fill.ts';
import { expectClose } from './testing/expect-close.ts';
import { runNetwork } from './testing/run-network.ts';
import type { Engine, Model } from '@pare/core';
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

const { ready } = await tensorFlowStatus();
const natively = ready ? describe : describe.skip;

natively('with the fill of DeepHoyer', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createTensorFlowEngine();
  });
  afterAll(() => engine.dispose());

  test('alexnet-cifar gives logits and loss of the original', async () => {
    const network = build(createAlexnetCifar(), 32);
    const settings = { fill: deepHoyerFill(network), pixel: deepHoyerPixel, labels: [3, 7] };
    const { logits, loss } = await runNetwork(engine, network, { mode: 'eval', ...settings });
    expectClose(logits[0]!.slice(0, 3), [0.160115, 0.0290411, -0.296362], 1e-4);
    expectClose([loss], [2.425231], 1e-5);
  });

  // Numbers of the networks written anew in PyTorch (float64). Dense layers are left out for their size.
  test.each([
    [
      'alexnet',
      createAlexnet(),
      224,
      [1, 2, 5, 6],
      [0.225672678, 0.189046059, 0.120824855, 0.323539281],
      256.462645,
    ],
    [
      'alexnet-bn',
      createAlexnetBn(),
      227,
      [0, 1, 3, 4],
      [0.26250017, 0.384335758, 0.375743982, 0.153752828],
      1144.35236,
    ],
    [
      'caffe-alexnet',
      createCaffeAlexnet(),
      227,
      [1, 3, 5, 6],
      [0.0438891276, 0.100156988, 0.173648454, 0.00418870715],
      163.947249,
    ],
  ] as const)('the convolutions of %s', async (_, model, size, places, values, squares) => {
    const network = trunk(build(model, size));
    const settings = { fill: deepHoyerFill(network), pixel: deepHoyerPixel, labels: [0] };
    const { logits } = await runNetwork(engine, network, { mode: 'eval', ...settings });
    const [map] = logits;
    expectClose(
      places.map((i) => map![i]!),
      values,
      1e-4,
    );
    expectClose([map!.reduce((sum, v) => sum + v * v, 0)], [squares], 1e-4);
  });
});
