import { test } from '@jest/globals';
import { NetworkBuilder } from '@pare/graph';
import { createPreactResnet } from './preact-resnet.ts';
import { deepHoyerData } from './testing/deep-hoyer-fill.ts';
import { describeNatively } from './testing/describe-natively.ts';
import { expectClose } from './testing/expect-close.ts';
import { runNetwork } from './testing/run-network.ts';

// Expected numbers come from DeepHoyer's networks run in PyTorch (float32) with the same fill and images.

describeNatively('with the published fill', (engine) => {
  test.each([
    [{ depth: 20 }, [0.0347207, -0.025394, -0.132663], 2.188669],
    [{ depth: 11, block: 'bottleneck' }, [0.139837, -0.318437, -0.0687114], 2.495031],
  ] as const)('%j gives logits and loss of the original', async (size, first, expected) => {
    const network = createPreactResnet({ preset: 'hoyer', ...size }).build(new NetworkBuilder(), {
      imageShape: [32, 32, 3],
      classes: 10,
    });
    const data = deepHoyerData(network);
    const { logits } = await runNetwork(engine(), network, 'eval', data);
    expectClose(logits[0]!.slice(0, 3), first, 1e-4);
    const { loss } = await runNetwork(engine(), network, 'train', data);
    expectClose([loss], [expected], 1e-5);
  });
});
