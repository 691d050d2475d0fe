import { expect, test } from '@jest/globals';
import { createReferenceEngine } from '@pare/core/testing';
import { NetworkBuilder } from '@pare/graph';
import { deepHoyerData } from './testing/deep-hoyer-fill.ts';
import { describeNatively } from './testing/describe-natively.ts';
import { expectClose } from './testing/expect-close.ts';
import { firstLogits, squaresOf, sumOf } from './testing/first-logits.ts';
import { hingeData } from './testing/hinge-fill.ts';
import { nameData } from './testing/name-fill.ts';
import { runNetwork } from './testing/run-network.ts';
import { createVgg } from './vgg.ts';

const build = (options: Parameters<typeof createVgg>[0], classes = 10, size = 32) =>
  createVgg(options).build(new NetworkBuilder(), { imageShape: [size, size, 3], classes });

describeNatively('published networks give the logits of the authors in PyTorch', (engine) => {
  test.each([
    ['none', [0.0693049, -0.452578, -0.603683]],
    ['batch', [0.0540268, -1.09744, -0.490394]],
  ] as const)('DeepHoyer, depth 11, norm %s', async (norm, first) => {
    const network = build({ preset: 'hoyer', depth: 11, norm });
    const { logits, loss } = await runNetwork(engine(), network, 'eval', deepHoyerData(network));
    expectClose(logits[0]!.slice(0, 3), first, 1e-4);
    if (norm === 'none') expectClose([loss], [2.705815], 1e-5);
  });

  test('Hinge, depth 16 with three linear layers', async () => {
    const network = build({ preset: 'hinge' });
    const { logits } = await runNetwork(engine(), network, 'eval', hingeData(network));
    const expected = [-0.0938022, -0.0917748, 0.185605, -0.0924408, -0.09237, 0.185965];
    expectClose(firstLogits(logits, 3), expected, 1e-4);
    expectClose([sumOf(logits)], [0.770707], 1e-4);
  });

  test('LCS, depth 19', async () => {
    const network = build({ preset: 'lcs', depth: 19 }, 1000);
    // The authors call the features `feature`.
    const data = nameData(network, [0], ({ name }) => name.replace('features', 'feature'));
    const { logits } = await runNetwork(engine(), network, 'eval', data);
    const [first] = logits;
    expectClose(first!.slice(0, 3), [0.1095705, 0.3198509, -0.1079014], 1e-3);
    expect(first!.indexOf(Math.max(...first!))).toBe(873);
    expectClose([squaresOf(logits)], [57.23353], 1e-4);
  });

  // These come from the networks written anew in PyTorch (float64), with DeepHoyer's fill.
  test.each([
    [{ preset: 'bip', depth: 8 }, [0.232877862, -0.292866559, -0.268341168], 0.591121669],
    [
      { preset: 'bip', depth: 11, norm: 'batch' },
      [0.298669288, -0.148431593, -0.308492323],
      0.556055012,
    ],
    [{ preset: 'lc', depth: 16 }, [0.1277179, 0, 0], 1.0315534],
    [{ preset: 'hinge', depth: 'ef' }, [-0.0130400083, 0.350440696, -0.145588588], 10.7101148],
  ] as const)('%j', async (options, first, squares) => {
    const network = build(options);
    const { logits } = await runNetwork(engine(), network, 'eval', deepHoyerData(network, [3]));
    expectClose(logits[0]!.slice(0, 3), first, 1e-4);
    expectClose([squaresOf(logits)], [squares], 1e-4);
  });

  test('the head of ImageNet reads a map of 7 x 7 pixels', async () => {
    const network = build({ depth: 2, head: 'imagenet' }, 10, 28);
    const { logits } = await runNetwork(engine(), network, 'eval', deepHoyerData(network, [3]));
    expectClose(logits[0]!.slice(0, 3), [-1.74435238, 1.76603379, 0.736744587], 1e-4);
    expectClose([squaresOf(logits)], [59.1507416], 1e-4);
  });
});

test('BiP, depth 2, without a native library', async () => {
  const network = build({ preset: 'bip', depth: 2 });
  const data = deepHoyerData(network);
  const { logits } = await runNetwork(createReferenceEngine(), network, 'eval', data);
  expectClose(logits[0]!.slice(0, 3), [0.364113937, 0.268253019, 0.00697049777], 1e-5);
  expectClose([squaresOf(logits)], [0.933277543], 1e-5);
});
