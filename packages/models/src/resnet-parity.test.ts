import { expect, test } from '@jest/globals';
import { NetworkBuilder } from '@pare/graph';
import { createResnet } from './resnet.ts';
import { describeNatively } from './testing/describe-natively.ts';
import { expectClose } from './testing/expect-close.ts';
import { squaresOf, sumOf } from './testing/first-logits.ts';
import { nameData } from './testing/name-fill.ts';
import { runNetwork } from './testing/run-network.ts';
import type { Mode } from '@pare/graph';

describeNatively(
  'with weights and images that are drawn by the name of the parameter',
  (engine) => {
    /** Logits and the loss for the classes 3 and 7. */
    function run(
      options: Parameters<typeof createResnet>[0],
      [count, height, width]: readonly [number, number, number],
      { classes, mode = 'eval' }: { readonly classes: number; readonly mode?: Mode },
    ) {
      const task = { imageShape: [height, width, 3], classes } as const;
      const network = createResnet(options).build(new NetworkBuilder(), task);
      return runNetwork(engine(), network, mode, nameData(network, [3, 7].slice(0, count)));
    }

    // Numbers of the authors' network, run in PyTorch 1.13.
    test('LCS: ResNet-18 gives the logits of the original', async () => {
      const { logits } = await run({ preset: 'lcs' }, [1, 64, 64], { classes: 1000 });
      const [row] = logits as [number[]];
      expectClose(row.slice(0, 3), [0.2355568, -8.941722, -11.13638], 1e-4);
      expect(row.indexOf(Math.max(...row))).toBe(810);
      expectClose([squaresOf(logits)], [165_526.1], 1e-4);
    });

    // Numbers of torchvision's networks (for stem "cifar" with its conv1 exchanged and its pooling taken out) in PyTorch 2.13.
    test('ResNet-50 with bottlenecks gives the logits of torchvision', async () => {
      const { logits } = await run({ depth: 50 }, [2, 40, 32], { classes: 10 });
      const expected = [-232.7496, -474.1449, 1.062426, -253.8668, -227.7969, -498.5615, -5.524213];
      expectClose([...logits[0]!.slice(0, 4), ...logits[1]!.slice(0, 3)], expected, 1e-4);
      expectClose([sumOf(logits)], [-2565.416], 1e-4);
    });

    test('BiP: ResNet-18 for small images gives logits and loss of torchvision', async () => {
      const { logits } = await run({ preset: 'bip' }, [2, 12, 9], { classes: 10 });
      const expected = [
        -0.1815246, -1.740862, -0.3975295, -6.086424, -1.048904, -2.183666, -1.52216,
      ];
      expectClose([...logits[0]!.slice(0, 4), ...logits[1]!.slice(0, 3)], expected, 1e-4);
      expectClose([sumOf(logits)], [-22.48868], 1e-4);
      const { loss } = await run({ preset: 'bip' }, [2, 12, 9], { classes: 10, mode: 'train' });
      expectClose([loss], [3.636617], 1e-4);
    });
  },
);
