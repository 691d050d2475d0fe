import { expect, test } from '@jest/globals';
import { NetworkBuilder } from '@pare/graph';
import { createResnext } from './resnext.ts';
import { deepHoyerData } from './testing/deep-hoyer-fill.ts';
import { describeNatively } from './testing/describe-natively.ts';
import { expectClose } from './testing/expect-close.ts';
import { firstLogits, sumOf } from './testing/first-logits.ts';
import { hingeData } from './testing/hinge-fill.ts';
import { nameData } from './testing/name-fill.ts';
import { runNetwork } from './testing/run-network.ts';

const build = (
  options: Parameters<typeof createResnext>[0],
  sides: readonly [number, number] = [32, 32],
) => {
  const task = { imageShape: [...sides, 3], classes: 10 } as const;
  return createResnext(options).build(new NetworkBuilder(), task);
};

describeNatively('with the published fills', (engine) => {
  test('DeepHoyer: ResNeXt-11 of cardinality 2 gives logits and loss of the original', async () => {
    const network = build({ preset: 'hoyer', depth: 11, cardinality: 2 });
    const data = deepHoyerData(network);
    const { logits } = await runNetwork(engine(), network, 'eval', data);
    expectClose(logits[0]!.slice(0, 3), [-0.500752, -0.15729, 0.286631], 1e-4);
    const { loss } = await runNetwork(engine(), network, 'train', data);
    expectClose([loss], [2.602093], 1e-5);
  });

  test('Hinge: ResNeXt-20 gives the logits of the original', async () => {
    const network = build({ preset: 'hinge' });
    expect(network.parameters).toHaveLength(107);
    const { logits } = await runNetwork(engine(), network, 'eval', hingeData(network));
    const expected = [0.175979, -0.0674242, 0.147462, 0.167457, -0.121269, 0.133831];
    expectClose(firstLogits(logits, 3), expected, 1e-4);
    expectClose([sumOf(logits)], [-0.220877], 1e-4);
  });

  // Numbers of torchvision's resnext50_32x4d in PyTorch 2.13, the parameters drawn by their names.
  test('ResNeXt-50 32x4d for large images gives the logits of torchvision', async () => {
    const options = { layout: 'imagenet', depth: 50, cardinality: 32, width: 4 } as const;
    const network = build(options, [40, 32]);
    const { logits } = await runNetwork(engine(), network, 'eval', nameData(network));
    const expected = [47.97511, -384.1328, 19.4671, -244.4036, 36.417, -387.4128, 33.02334];
    expectClose([...logits[0]!.slice(0, 4), ...logits[1]!.slice(0, 3)], expected, 1e-4);
    expectClose([sumOf(logits)], [-2422.314], 1e-4);
  });
});
