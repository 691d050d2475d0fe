import { describe, expect, test } from '@jest/globals';
import { SeededRandom } from '@pare/core';
import { flatten, matMul, NetworkBuilder, relu, zeros } from '@pare/graph';
import { lcsOptions } from '../options.ts';
import { regimeOf } from '../regime-of.ts';
import { lcsSettings } from '../settings.ts';
import { lcsNetworks } from '../testing/lcs-networks.ts';
import { smallNetwork } from '../testing/small-network.ts';
import { alphaInput, topInput } from './quantized-objective.ts';
import type { Network } from '@pare/graph';

const regimeFor = (options: object = {}, name = 'small') =>
  regimeOf(lcsSettings(lcsOptions.parse({ setting: 'quantized', ...options }), name));

const { cPreResNet20, ResNet18, VGG19 } = lcsNetworks;

function warnings(network: Network, options: object = {}): string[] {
  const lines: string[] = [];
  regimeFor(options).check(network, (line) => lines.push(line));
  return lines;
}

const count = (parameters: readonly { readonly shape: readonly number[] }[]): number =>
  parameters.reduce((n, { shape }) => n + shape.reduce((a, b) => a * b, 1), 0);

describe('what is added to the network', () => {
  /** Trained numbers of the network with what is added. */
  function trained(network: Network, variant: string): number {
    const added = regimeFor({ variant }, network.name).added(network);
    const own = network.parameters.filter(({ trainable }) => trainable);
    return count([...own, ...added.filter(({ trainable }) => trainable !== false)]);
  }

  // The authors' totals also hold 912 numbers that select channels; they are not trained.
  test.each([
    ['cPreResNet20', cPreResNet20('group', 'after'), 'lcs-l', 442_608 - 912],
    ['cPreResNet20 with batch norm', cPreResNet20('batch', 'after'), 'lcs-l', 438_512 - 912],
    ['cPreResNet20', cPreResNet20('group', 'after'), 'lcs-p', 221_760 - 912],
    ['ResNet18', ResNet18('group'), 'lcs-l', 23_377_024],
    ['ResNet18 with batch norm', ResNet18('batch'), 'lcs-l', 23_367_424],
    ['VGG19', VGG19('group'), 'lcs-l', 41_083_776],
    ['VGG19 with batch norm', VGG19('batch'), 'lcs-l', 41_072_768],
  ])('%s: a line has weights and norms twice, batch norms once', (_, network, variant, size) => {
    expect(trained(network, variant)).toBe(size);
  });

  test('is three numbers for each quantized layer, not trained', () => {
    const added = regimeFor({ variant: 'lcs-p' }).added(smallNetwork());
    expect(added.map(({ name, role, trainable }) => [name, role, trainable])).toEqual(
      ['conv2', 'conv3'].flatMap((layer) =>
        ['running_min', 'running_max', 'iteration_count'].map((name) => [
          `${layer}.${name}`,
          'state',
          false,
        ]),
      ),
    );
    const convolutions = regimeFor({ variant: 'lcs-p' }).added(cPreResNet20('group', 'after'));
    expect(convolutions).toHaveLength(3 * 21);
  });
});

describe('a network that does not fit', () => {
  const error = (network: Network) => () => regimeFor().check(network, () => undefined);

  test('has norms before its convolutions, where the habits of the authors are asked for', () => {
    const before = cPreResNet20('group', 'before');
    const reference = regimeFor({ preset: 'reference' });
    const what =
      /9 of 21 quantized layers of "cpreresnet-20".*\(layer1.0.conv3, layer1.0.*and 6 more\)/;
    expect(() => reference.check(before, () => undefined)).toThrow(what);
    const [warning, ...others] = warnings(before, { warmUpBudget: 0 });
    expect(warning).toMatch(what);
    expect(warning).toMatch(/together with its norm\. Set its option normPlacement to "after"\./);
    expect(others).toEqual([]);
    expect(warnings(cPreResNet20('group', 'after'), { warmUpBudget: 0 })).toEqual([]);
  });

  test('uses a weight twice', () => {
    const builder = new NetworkBuilder();
    const x = builder.input([2, 2, 1]);
    const hidden = builder.dense('fc1', flatten(x), { units: 4 });
    const weight = builder.parameter('shared.weight', [4, 4], {
      role: 'weight',
      layout: 'io',
      initializer: zeros,
    });
    const twice = matMul(relu(matMul(hidden, weight)), weight);
    const network = builder.build('twice', x, builder.dense('fc2', twice, { units: 2 }));
    expect(error(network)).toThrow(/in "twice", "shared.weight" is read by "matMul" and "matMul"/);
  });

  test('has no layer between the first and the last', () => {
    const builder = new NetworkBuilder();
    const x = builder.input([2, 2, 1]);
    const hidden = builder.dense('fc1', flatten(x), { units: 4 });
    const network = builder.build('two', x, builder.dense('fc2', hidden, { units: 2 }));
    expect(error(network)).toThrow(/"two" has no layer between the first and the last one/);
  });

  test('starts with batch norm scales of 0; with group norm that is no matter', () => {
    const scale = { kind: 'constant', value: 0 } as const;
    expect(error(smallNetwork({ norm: 'batch', scale }))).toThrow(/"bn2.weight" starts with 0/);
    expect(error(smallNetwork({ norm: 'group', scale }))).not.toThrow();
  });
});

describe('what is announced', () => {
  test('layers without a norm: the authors have none', () => {
    const builder = new NetworkBuilder();
    const x = builder.input([2, 2, 1]);
    const hidden = relu(builder.dense('fc1', flatten(x), { units: 4 }));
    const more = builder.dense('fc2', hidden, { units: 4 });
    const network = builder.build('dense', x, builder.dense('fc3', more, { units: 2 }));
    expect(warnings(network, { warmUpBudget: 0 })).toEqual([
      'lcs: 1 of 1 quantized layers of "dense" have no norm of their own behind them (fc2); the authors quantize a layer together with its norm.',
    ]);
    expect(warnings(smallNetwork({ bias: true }), { warmUpBudget: 0 })).toEqual([]);
  });

  test('that activations are not quantized during the warm-up', () => {
    expect(warnings(smallNetwork())).toEqual([
      expect.stringMatching(/after 80 % of training; until then evaluations leave them as they/),
    ]);
    expect(warnings(smallNetwork(), { preset: 'reference' })).toEqual([
      expect.stringMatching(/until then evaluations set them to 0, as in the authors’ code/),
    ]);
    expect(warnings(smallNetwork(), { warmUpBudget: 0 })).toEqual([]);
  });

  test('that batch norm statistics serve all bits, where there are several', () => {
    const options = { warmUpBudget: 0 };
    const network = smallNetwork({ norm: 'batch' });
    expect(warnings(network, options)).toEqual([expect.stringMatching(/one set of batch norm/)]);
    expect(warnings(network, { ...options, variant: 'target-bit-width' })).toEqual([]);
  });
});

describe('what a step is fed', () => {
  const network = smallNetwork();
  const feeds = (options: object, step: number) =>
    regimeFor(options).feeds(
      { step, epoch: 0, stepsPerEpoch: 10, learningRate: 1, random: new SeededRandom(step) },
      { network, warmUpSteps: 3 },
    );
  const bits = (fed: ReturnType<typeof feeds>, name: string) => Math.log2(fed[name]!.data[0]! + 1);

  test('a line: a point and its bits, from the first step on', () => {
    for (let step = 0; step < 20; step++) {
      const fed = feeds({}, step);
      const point = Math.fround((bits(fed, topInput()) - 2) / 6);
      expect(fed[alphaInput]!.data[0]).toBe(point);
    }
  });

  test('lcs-p: bits for each layer, the most until the warm-up is over', () => {
    const pairs = Array.from({ length: 30 }, (_, step) => {
      const fed = feeds({ variant: 'lcs-p', bits: [3, 6] }, step);
      return ['conv2', 'conv3'].map((layer) => bits(fed, topInput(layer)));
    });
    expect(pairs.slice(0, 3)).toEqual([
      [6, 6],
      [6, 6],
      [6, 6],
    ]);
    const later = pairs.slice(3);
    expect(later.some(([a, b]) => a !== b)).toBe(true);
    expect([...new Set(later.flat())].sort()).toEqual([3, 4, 5, 6]);
  });

  test('the baseline: nothing', () => {
    expect(feeds({ variant: 'target-bit-width' }, 0)).toEqual({});
  });
});

describe('where it runs', () => {
  const state = { network: smallNetwork(), weights: new Map() };

  test('a line and lcs-p at the trained bits, from the most on', () => {
    const regime = regimeFor({ bits: [4, 6] });
    expect(regime.points(state).map(({ name }) => name)).toEqual(['bits 6', 'bits 5', 'bits 4']);
    expect(regime.dials(state)).toMatchObject([{ name: 'bits', from: 4, to: 6, whole: true }]);
    expect(() => regime.at(state, { bits: 7 })).toThrow(/runs with 4 to 6 bits.*received 7/);
  });

  test('the baseline at 2 to 8 bits, whatever it was trained for', () => {
    const regime = regimeFor({ variant: 'target-bit-width', bits: 4 });
    expect(regime.dials(state)).toMatchObject([{ from: 2, to: 8 }]);
    expect(regime.points(state)).toHaveLength(6);
    expect(() => regime.at(state, { bits: 1 })).toThrow(/runs with 2 to 8 bits.*received 1/);
  });
});

test('the report has the bytes at each number of bits', () => {
  const network = cPreResNet20('group', 'after');
  const { values, tables } = regimeFor({ bits: [3, 4] }).report({ network, weights: new Map() });
  // 213,760 weights of blocks; stem, classifier and 4,096 numbers of norms stay float32.
  const rest = 432 + 2560 + 4096;
  expect(values).toEqual({
    quantizedWeights: 213_760,
    otherNumbers: rest,
    float32Bytes: 4 * (213_760 + rest),
  });
  expect(tables[0]!.rows).toEqual([
    { bits: 4, bytes: 213_760 / 2 + 4 * rest, share: 0.153083 },
    { bits: 3, bytes: (213_760 * 3) / 8 + 4 * rest, share: 0.122836 },
  ]);
});
