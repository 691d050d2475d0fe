import { expect, test } from '@jest/globals';
import { NetworkBuilder } from '@pare/graph';
import { createDensenet } from './densenet.ts';
import { deepHoyerData } from './testing/deep-hoyer-fill.ts';
import { describeNatively } from './testing/describe-natively.ts';
import { expectClose } from './testing/expect-close.ts';
import { firstLogits, sumOf } from './testing/first-logits.ts';
import { hingeData } from './testing/hinge-fill.ts';
import { nameData } from './testing/name-fill.ts';
import { runNetwork } from './testing/run-network.ts';

const build = (options: Parameters<typeof createDensenet>[0], side = 32) => {
  const task = { imageShape: [side, side, 3], classes: 10 } as const;
  return createDensenet(options).build(new NetworkBuilder(), task);
};

describeNatively('with the published fills', (engine) => {
  test('DeepHoyer: DenseNet-BC-16, k = 4 gives logits and loss of the original', async () => {
    const network = build({ preset: 'hoyer', depth: 16, growth: 4 });
    const data = deepHoyerData(network);
    const { logits } = await runNetwork(engine(), network, 'eval', data);
    expectClose(logits[0]!.slice(0, 3), [0.143033, 0.0841213, -0.249206], 1e-4);
    const { loss } = await runNetwork(engine(), network, 'train', data);
    expectClose([loss], [2.440869], 1e-5);
  });

  test('Hinge: DenseNet-40 gives the logits of the original', async () => {
    const network = build({ preset: 'hinge' });
    expect(network.parameters).toHaveLength(197);
    const { logits } = await runNetwork(engine(), network, 'eval', hingeData(network));
    const expected = [0.170279, -0.0334122, 0.0701401, 0.171545, -0.0289299, 0.0701344];
    expectClose(firstLogits(logits, 3), expected, 1e-4);
    expectClose([sumOf(logits)], [0.975122], 1e-4);
  });

  // Numbers of torchvision's DenseNet (its stem exchanged), and of the plain one written out, in PyTorch 2.13; the
  // parameters drawn by their names.
  test.each([
    [
      { depth: 40, bottleneck: true, compression: 0.5 },
      13,
      [-0.5907874, 0.2296704, 0.7036146, 0.5290895, -0.6275094, 0.4009553, 0.6994195, 0.5260419],
      2.784232,
    ],
    [
      { depth: 40 },
      12,
      [0.2927818, -0.03840339, 0.7760336, -0.289328, 0.2920986, -0.02447995, 0.7096808, -0.2902833],
      2.706819,
    ],
  ])(
    '%j on images of %i pixels a side gives logits and loss of PyTorch',
    async (options, side, first, loss) => {
      const network = build(options, side);
      const data = nameData(network);
      const { logits } = await runNetwork(engine(), network, 'eval', data);
      expectClose(firstLogits(logits, 4), first, 1e-4);
      const trained = await runNetwork(engine(), network, 'train', data);
      expectClose([trained.loss], [loss], 1e-4);
    },
  );
});
