import { describe, expect, test } from '@jest/globals';
import { NetworkBuilder, costReport } from '@pare/graph';
import { createNin } from './nin.ts';
import { deepHoyerData } from './testing/deep-hoyer-fill.ts';
import { describeNatively } from './testing/describe-natively.ts';
import { expectClose } from './testing/expect-close.ts';
import { squaresOf } from './testing/first-logits.ts';
import { initialValues, spread } from './testing/initial-values.ts';
import { opsOf } from './testing/ops-of.ts';
import { parameterCounts } from './testing/parameter-counts.ts';
import { runNetwork } from './testing/run-network.ts';
import type { Network } from '@pare/graph';

const nin = (options: Parameters<typeof createNin>[0] = {}, size = 32): Network =>
  createNin(options).build(new NetworkBuilder(), { imageShape: [size, size, 3], classes: 10 });
const orderOf = (network: Network, ...names: string[]) => opsOf(network, ...names).join(' ');

describe('the variant of LC', () => {
  const network = nin({ preset: 'lc' });

  test('has the published weights, parameters and multiply-adds', () => {
    const { total, weights } = parameterCounts(network);
    expect([total, weights]).toEqual([969_822, 965_568]);
    expect(costReport(network).macs).toBe(222_486_528);
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
    expect(orderOf(network, 'maxPool', 'avgPool', 'dropout')).toBe(
      'maxPool dropout maxPool dropout',
    );
  });

  test('starts with the fan out, biases at 0', () => {
    expect(initialValues(network)).toMatchObject({
      'conv2.weight': spread.normal(Math.sqrt(2 / (25 * 192))),
      'conv2.bias': spread.constant(0),
    });
  });
});

test('the original has no norms, average pooling in the middle, and ends in a ReLU and a mean', () => {
  const network = nin();
  expect(orderOf(network, 'batchNorm', 'maxPool', 'avgPool', 'max', 'sum')).toBe(
    'maxPool avgPool sum',
  );
  expect(opsOf(network, 'relu')).toHaveLength(9);
});

test('layers have the names of the authors, with any norm', () => {
  const names = ['conv1', 'cccp1', 'cccp2', 'conv2', 'cccp3', 'cccp4', 'conv3', 'cccp5', 'cccp6'];
  const layers = (network: Network) => [...new Set(network.parameters.map(({ layer }) => layer))];
  expect(layers(nin())).toEqual(names);
  expect(layers(nin({ preset: 'lc' }))).toEqual(names.flatMap((name) => [name, `${name}.bn`]));
});

test('dropout can be left out', () => {
  expect(opsOf(nin({ dropout: 0 }), 'dropout')).toEqual([]);
});

test.each([1, 2, 7, 33, 64])('takes images of %d pixels a side', (size) => {
  expect(nin({}, size).output.shape).toEqual(['batch', 10]);
  expect(nin({ preset: 'lc' }, size).output.shape).toEqual(['batch', 10]);
});

test('unknown options are refused', () => {
  expect(() => createNin({ preset: 'bip' } as object)).toThrow(/model "nin".*preset/);
  expect(() => createNin({ pooling: 'average' } as object)).toThrow(/model "nin".*pooling/);
});

// Numbers of the networks written anew in PyTorch (float64).
describeNatively("with DeepHoyer's fill", (engine) => {
  test.each([
    ['lc', [0.439803789, 0.488948913, -0.286051342], 4.39548648],
    [undefined, [0.416918326, 0.0851522234, 0], 0.768865125],
  ] as const)('preset %s gives the logits of PyTorch', async (preset, first, squares) => {
    const network = nin({ preset });
    const { logits } = await runNetwork(engine(), network, 'eval', deepHoyerData(network, [3]));
    expectClose(logits[0]!.slice(0, 3), first, 1e-4);
    expectClose([squaresOf(logits)], [squares], 1e-4);
  });
});
