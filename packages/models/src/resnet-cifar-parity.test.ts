import { expect, test } from '@jest/globals';
import { NetworkBuilder } from '@pare/graph';
import { createResnetCifar } from './resnet-cifar.ts';
import { deepHoyerData } from './testing/deep-hoyer-fill.ts';
import { describeNatively } from './testing/describe-natively.ts';
import { expectClose } from './testing/expect-close.ts';
import { firstLogits, sumOf } from './testing/first-logits.ts';
import { hingeData } from './testing/hinge-fill.ts';
import { runNetwork } from './testing/run-network.ts';
import type { Parameter } from '@pare/graph';

// Expected numbers come from the authors' networks run in PyTorch (float32) with the same fills and images.

const task = { imageShape: [32, 32, 3], classes: 10 } as const;
const build = (options: Parameters<typeof createResnetCifar>[0]) =>
  createResnetCifar(options).build(new NetworkBuilder(), task);

describeNatively('with the published fills', (engine) => {
  test.each([
    [{ depth: 20 }, [-0.383767, 0.633591, -0.0225018], 2.849494],
    [{ depth: 11, block: 'bottleneck' }, [0.33847, -0.187803, -0.931159], 2.190895],
  ] as const)('DeepHoyer: %j gives logits and loss of the original', async (size, first, loss) => {
    const network = build({ preset: 'hoyer', ...size });
    const data = deepHoyerData(network);
    const { logits } = await runNetwork(engine(), network, 'eval', data);
    expectClose(logits[0]!.slice(0, 3), first, 1e-4);
    const trained = await runNetwork(engine(), network, 'train', data);
    expectClose([trained.loss], [loss], 1e-5);
  });

  test('BiP: ResNet-20 gives the logits of the original in training', async () => {
    const network = build({ preset: 'bip', depth: 20 });
    /** No period within the network, between -1 and 1. */
    const h = (i: number, b: number) => (((7919 * i + b) % 1000003) - 500000.25) / 500000;
    let next = 0;
    const fill = ({ role, shape }: Parameter) => {
      const values = new Float64Array(shape.reduce((a, b) => a * b, 1));
      if (role === 'weight') return values.map(() => h(next++, 11));
      return values.fill(role === 'norm-scale' || role === 'running-variance' ? 1 : 0);
    };
    const data = { fill, pixel: (i: number) => h(i, 3), labels: [0, 0] };
    const { logits } = await runNetwork(engine(), network, 'train', data);
    expect(next).toBe(268_336);
    const expected = [
      [
        -36.78726, 24.93363, -37.24939, 27.49833, -38.52958, 30.06303, -37.67343, 32.62773,
        -39.77954, 35.19241,
      ],
      [
        -30.05366, 20.78755, -32.33846, 22.87434, -33.14125, 24.96114, -33.2928, 27.04793,
        -34.16403, 29.13472,
      ],
    ];
    logits.forEach((row, i) => expectClose(row, expected[i]!, 1e-4));
  });

  test.each([
    [
      'ResNet-20',
      { depth: 20 },
      98,
      [-0.489281, -0.336577, 0.442715, -0.456485, -0.343249, 0.41409],
      -1.26591,
    ],
    [
      'ResNet-164',
      { depth: 164, block: 'bottleneck' },
      832,
      [7.24999, 16.7116, 2.39288, 7.09665, 16.7368, 2.39516],
      -37.2323,
    ],
  ] as const)('Hinge: %s gives the logits of the original', async (_, size, count, first, sum) => {
    const network = build({ preset: 'hinge', ...size });
    expect(network.parameters).toHaveLength(count);
    const { logits } = await runNetwork(engine(), network, 'eval', hingeData(network));
    expectClose(firstLogits(logits, 3), first, 1e-4);
    expectClose([sumOf(logits)], [sum], 1e-4);
  });
});
