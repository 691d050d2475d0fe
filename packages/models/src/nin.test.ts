import { describe, expect, test } from '@jest/globals';
import { createTensorFlowEngine, tensorFlowStatus } from '@pare/engine-tensorflow';
import { NetworkBuilder, costReport, topologicalOrder } from '@pare/graph';
import { createNin } from './nin.ts';
import { deepHoyerFill, deepHoyerPixel } from './testing/deep-hoyer-fill.ts';
import { expectClose } from './testing/expect-close.ts';
import { runNetwork } from './testing/run-network.ts';
import type { Network } from '@pare/graph';

const nin = (options: Parameters<typeof createNin>[0] = {}, size = 32): Network =>
  createNin(options).build(new NetworkBuilder(), { imageShape: [size, size, 3], classes: 10 });
const opsOf = (network: Network, ...names: string[]) =>
  topologicalOrder([network.output])
    .map(({ op }) => op.name)
    .filter((name) => names.includes(name))
    .join(' ');

describe('the variant of LC', () => {
  const network = nin({ preset: 'lc' });

  test('has the published weights, parameters and multiply-adds', () => {
    const weights = network.parameters
      .filter(({ role }) => role === 'weight')
      .map(({ shape }) => shape.reduce((a, b) => a * b, 1));
    expect(weights.reduce((a, b) => a + b)).toBe(965_568);
    expect(costReport(network)).toMatchObject({ parameters: 969_822, macs: 222_486_528 });
  });

  test('has maps of 32, 16 and 8 pixels', () => {
    const maps = costReport(network)
      .layers.filter(({ op }) => op === 'conv2d')
      .map(({ outputShape }) => outputShape[1]);
    expect(maps).toEqual([32, 32, 32, 16, 16, 16, 8, 8, 8]);
  });

  test('has a norm behind the last convolution, and no ReLU', () => {
    expect(network.output.node.op.name).toBe('max');
    expect(network.output.node.inputs[0]!.node.op.name).toBe('batchNorm');
    expect(opsOf(network, 'maxPool', 'avgPool', 'dropout')).toBe('maxPool dropout maxPool dropout');
  });

  test('starts with the fan out, biases at 0', () => {
    const start = Object.fromEntries(network.parameters.map((p) => [p.name, p.initializer]));
    const deviation = expect.closeTo(Math.sqrt(2 / (25 * 192)), 12);
    expect(start['conv2.weight']).toEqual({ kind: 'normal', mean: 0, deviation });
    expect(start['conv2.bias']).toEqual({ kind: 'constant', value: 0 });
  });
});

test('the original has no norms, average pooling in the middle, and ends in a ReLU and a mean', () => {
  const network = nin();
  expect(opsOf(network, 'batchNorm', 'maxPool', 'avgPool', 'max', 'sum')).toBe(
    'maxPool avgPool sum',
  );
  expect(opsOf(network, 'relu').split(' ')).toHaveLength(9);
});

test('layers have the names of the authors, with any norm', () => {
  const names = ['conv1', 'cccp1', 'cccp2', 'conv2', 'cccp3', 'cccp4', 'conv3', 'cccp5', 'cccp6'];
  const layers = (network: Network) => [...new Set(network.parameters.map(({ layer }) => layer))];
  expect(layers(nin())).toEqual(names);
  expect(layers(nin({ preset: 'lc' }))).toEqual(names.flatMap((name) => [name, `${name}.bn`]));
});

test('dropout can be left out', () => {
  expect(opsOf(nin({ dropout: 0 }), 'dropout')).toBe('');
});

test.each([1, 2, 7, 33, 64])('takes images of %d pixels a side', (size) => {
  expect(nin({}, size).output.shape).toEqual(['batch', 10]);
  expect(nin({ preset: 'lc' }, size).output.shape).toEqual(['batch', 10]);
});

test('unknown options are refused', () => {
  expect(() => createNin({ preset: 'bip' } as object)).toThrow(/model "nin".*preset/);
  expect(() => createNin({ pooling: 'average' } as object)).toThrow(/model "nin".*pooling/);
});

const { ready } = await tensorFlowStatus();

// Numbers of the networks written anew in PyTorch (float64), with DeepHoyer's fill.
(ready ? test : test.skip)('logits are those of PyTorch', async () => {
  const engine = await createTensorFlowEngine();
  for (const [network, first, squares] of [
    [nin({ preset: 'lc' }), [0.439803789, 0.488948913, -0.286051342], 4.39548648],
    [nin(), [0.416918326, 0.0851522234, 0], 0.768865125],
  ] as const) {
    const settings = { fill: deepHoyerFill(network), pixel: deepHoyerPixel, labels: [3] };
    const { logits } = await runNetwork(engine, network, { mode: 'eval', ...settings });
    expectClose(logits[0]!.slice(0, 3), first, 1e-4);
    expectClose([logits[0]!.reduce((sum, v) => sum + v * v, 0)], [squares], 1e-4);
  }
  await engine.dispose();
});
