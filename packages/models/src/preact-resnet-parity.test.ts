import { afterAll, beforeAll, describe, test } from '@jest/globals';
import { createTensorFlowEngine, tensorFlowStatus } from '@pare/engine-tensorflow';
import { NetworkBuilder } from '@pare/graph';
import { createPreactResnet } from './preact-resnet.ts';
import { deepHoyerFill, deepHoyerPixel } from './testing/deep-hoyer-fill.ts';
import { expectClose } from './testing/expect-close.ts';
import { runNetwork } from './testing/run-network.ts';
import type { Engine } from '@pare/core';

// Expected numbers come from DeepHoyer's networks run in PyTorch (float32) with the same fill and images.

const { ready } = await tensorFlowStatus();
const natively = ready ? describe : describe.skip;

natively('with the published fill', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createTensorFlowEngine();
  });
  afterAll(() => engine.dispose());

  test.each([
    [{ depth: 20 }, [0.0347207, -0.025394, -0.132663], 2.188669],
    [{ depth: 11, block: 'bottleneck' }, [0.139837, -0.318437, -0.0687114], 2.495031],
  ] as const)('%j gives logits and loss of the original', async (size, first, loss) => {
    const network = createPreactResnet({ preset: 'hoyer', ...size }).build(new NetworkBuilder(), {
      imageShape: [32, 32, 3],
      classes: 10,
    });
    const settings = { fill: deepHoyerFill(network), pixel: deepHoyerPixel, labels: [3, 7] };
    const { logits } = await runNetwork(engine, network, { mode: 'eval', ...settings });
    expectClose(logits[0]!.slice(0, 3), first, 1e-4);
    const trained = await runNetwork(engine, network, { mode: 'train', ...settings });
    expectClose([trained.loss], [loss], 1e-5);
  });
});
