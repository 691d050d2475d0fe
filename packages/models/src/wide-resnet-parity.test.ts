import { expect, test } from '@jest/globals';
import { NetworkBuilder } from '@pare/graph';
import { deepHoyerData } from './testing/deep-hoyer-fill.ts';
import { describeNatively } from './testing/describe-natively.ts';
import { expectClose } from './testing/expect-close.ts';
import { firstLogits, sumOf } from './testing/first-logits.ts';
import { hingeData } from './testing/hinge-fill.ts';
import { nameData } from './testing/name-fill.ts';
import { runNetwork } from './testing/run-network.ts';
import { createWideResnet } from './wide-resnet.ts';

const build = (options: Parameters<typeof createWideResnet>[0], side: number, classes: number) => {
  const task = { imageShape: [side, side, 3], classes } as const;
  return createWideResnet(options).build(new NetworkBuilder(), task);
};

describeNatively('with the published fills', (engine) => {
  test('DeepHoyer: WRN-10-2 gives logits and loss of the original', async () => {
    const network = build({ preset: 'hoyer', depth: 10, width: 2 }, 32, 10);
    const data = deepHoyerData(network);
    const { logits } = await runNetwork(engine(), network, 'eval', data);
    expectClose(logits[0]!.slice(0, 3), [0.307513, -0.465683, -0.826746], 1e-4);
    const { loss } = await runNetwork(engine(), network, 'train', data);
    expectClose([loss], [2.425608], 1e-5);
  });

  test('Hinge: WRN-16-10 gives the logits of the original', async () => {
    const network = build({ preset: 'hinge', depth: 16, width: 10 }, 32, 100);
    expect(network.parameters).toHaveLength(86);
    const { logits } = await runNetwork(engine(), network, 'eval', hingeData(network));
    const expected = [0.00900129, -0.107518, -0.0775726, 0.00101709, -0.043898, -0.105141];
    expectClose(firstLogits(logits, 3), expected, 1e-4);
    expectClose([sumOf(logits)], [4.63782], 1e-4);
  });

  // Numbers of the network written out in PyTorch 2.13, the parameters drawn by their names.
  test.each([
    [
      { depth: 28, width: 1 },
      [-25.26158, 20.30893, 3.496505, -20.38077, -22.62414, 21.36011, 2.04132, -20.42081],
      3.019272,
    ],
    [
      { depth: 16, width: 4 },
      [-3.832634, -1.336081, -3.559188, 5.089977, -3.191125, -0.988565, -4.11939, 4.535099],
      2.303294,
    ],
  ])('BiP: %j gives logits and loss of PyTorch', async (size, first, loss) => {
    const network = build({ preset: 'bip', ...size }, 16, 10);
    const data = nameData(network);
    const { logits } = await runNetwork(engine(), network, 'eval', data);
    expectClose(firstLogits(logits, 4), first, 1e-4);
    const trained = await runNetwork(engine(), network, 'train', data);
    expectClose([trained.loss], [loss], 1e-4);
  });
});
