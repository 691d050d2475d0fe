import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { createReferenceEngine } from '@pare/core/testing';
import { createTensorFlowEngine, tensorFlowStatus } from '@pare/engine-tensorflow';
import { NetworkBuilder } from '@pare/graph';
import { deepHoyerFill, deepHoyerPixel } from './testing/deep-hoyer-fill.ts';
import { expectClose } from './testing/expect-close.ts';
import { hingeFill, hingeSequence } from './testing/hinge-fill.ts';
import { mulberry, nameFill } from './testing/name-fill.ts';
import { runNetwork } from './testing/run-network.ts';
import { createVgg } from './vgg.ts';
import type { Engine } from '@pare/core';

// Up to 30 million weights are made and handed over, which takes a busy machine its time.
jest.setTimeout(30_000);

const build = (options: Parameters<typeof createVgg>[0], classes = 10, size = 32) =>
  createVgg(options).build(new NetworkBuilder(), { imageShape: [size, size, 3], classes });

const squares = (values: readonly number[]) => values.reduce((sum, v) => sum + v * v, 0);

const { ready } = await tensorFlowStatus();
const natively = ready ? describe : describe.skip;

natively('published networks give the logits of the authors in PyTorch', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createTensorFlowEngine();
  });
  afterAll(() => engine.dispose());

  test.each([
    ['none', [0.0693049, -0.452578, -0.603683]],
    ['batch', [0.0540268, -1.09744, -0.490394]],
  ] as const)('DeepHoyer, depth 11, norm %s', async (norm, first) => {
    const network = build({ preset: 'hoyer', depth: 11, norm });
    const settings = { fill: deepHoyerFill(network), pixel: deepHoyerPixel, labels: [3, 7] };
    const { logits, loss } = await runNetwork(engine, network, { mode: 'eval', ...settings });
    expectClose(logits[0]!.slice(0, 3), first, 1e-4);
    if (norm === 'none') expectClose([loss], [2.705815], 1e-5);
  });

  test('Hinge, depth 16 with three linear layers', async () => {
    const pixels = hingeSequence(7, 2 * 3 * 32 * 32);
    const { logits } = await runNetwork(engine, build({ preset: 'hinge' }), {
      mode: 'eval',
      fill: hingeFill,
      pixel: (i) => pixels[i]!,
      labels: [0, 0],
    });
    expectClose(logits[0]!.slice(0, 3), [-0.0938022, -0.0917748, 0.185605], 1e-4);
    expectClose(logits[1]!.slice(0, 3), [-0.0924408, -0.09237, 0.185965], 1e-4);
    expectClose([logits.flat().reduce((a, b) => a + b, 0)], [0.770707], 1e-4);
  });

  test('LCS, depth 19', async () => {
    const pixels = mulberry(3, 3 * 32 * 32);
    const { logits } = await runNetwork(engine, build({ preset: 'lcs', depth: 19 }, 1000), {
      mode: 'eval',
      // The authors call the features `feature`, and the name is the seed.
      fill: (parameter, index) =>
        nameFill({ ...parameter, name: parameter.name.replace('features', 'feature') }, index),
      pixel: (i) => pixels[i]!,
      labels: [0],
    });
    const [first] = logits;
    expectClose(first!.slice(0, 3), [0.1095705, 0.3198509, -0.1079014], 1e-3);
    expect(first!.indexOf(Math.max(...first!))).toBe(873);
    expectClose([squares(first!)], [57.23353], 1e-4);
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
  ] as const)('%j', async (options, first, sum) => {
    const network = build(options);
    const settings = { fill: deepHoyerFill(network), pixel: deepHoyerPixel, labels: [3] };
    const { logits } = await runNetwork(engine, network, { mode: 'eval', ...settings });
    expectClose(logits[0]!.slice(0, 3), first, 1e-4);
    expectClose([squares(logits[0]!)], [sum], 1e-4);
  });

  test('the head of ImageNet reads a map of 7 x 7 pixels', async () => {
    const network = build({ depth: 2, head: 'imagenet' }, 10, 28);
    const settings = { fill: deepHoyerFill(network), pixel: deepHoyerPixel, labels: [3] };
    const { logits } = await runNetwork(engine, network, { mode: 'eval', ...settings });
    expectClose(logits[0]!.slice(0, 3), [-1.74435238, 1.76603379, 0.736744587], 1e-4);
    expectClose([squares(logits[0]!)], [59.1507416], 1e-4);
  });
});

test('BiP, depth 2, without a native library', async () => {
  const network = build({ preset: 'bip', depth: 2 });
  const settings = { fill: deepHoyerFill(network), pixel: deepHoyerPixel, labels: [3, 7] };
  const { logits } = await runNetwork(createReferenceEngine(), network, {
    mode: 'eval',
    ...settings,
  });
  expectClose(logits[0]!.slice(0, 3), [0.364113937, 0.268253019, 0.00697049777], 1e-5);
  expectClose([squares(logits.flat())], [0.933277543], 1e-5);
});
