import { expect, test } from '@jest/globals';
import { NetworkBuilder, relu, normal, signed } from '@pare/graph';
import { initializeNetwork } from './initialize.ts';
import { SeededRandom } from './seeded-random.ts';

function network(extra: boolean) {
  const builder = new NetworkBuilder();
  const x = builder.input([100]);
  const first = builder.dense('fc1', x, { units: 50 });
  const middle = extra ? builder.dense('extra', relu(first), { units: 50 }) : first;
  const output = builder.dense('fc2', middle, {
    units: 40,
    initializer: () => normal(0.5),
    bias: false,
  });
  return builder.build('net', x, output);
}

test('every parameter gets values of its shape by its initializer', () => {
  const values = initializeNetwork(network(false), new SeededRandom(1));
  expect([...values.keys()]).toEqual(['fc1.weight', 'fc1.bias', 'fc2.weight']);
  const weight = values.get('fc1.weight')!;
  expect([weight.dtype, weight.shape, weight.data.length]).toEqual(['float32', [100, 50], 5000]);
  // PyTorch's default: uniform in ±1/sqrt(fan in) = ±0.1.
  expect(Math.max(...weight.data)).toBeLessThanOrEqual(Math.fround(0.1));
  expect(Math.max(...weight.data)).toBeGreaterThan(0.099);
  expect(Math.min(...weight.data)).toBeLessThan(-0.099);
  const squares = [...values.get('fc2.weight')!.data].map((v) => v * v);
  expect(Math.sqrt(squares.reduce((a, b) => a + b, 0) / 2000)).toBeCloseTo(0.5, 1);
});

test('signed values have one magnitude, and half of them are negative', () => {
  const builder = new NetworkBuilder();
  const x = builder.input([100]);
  const y = builder.dense('fc', x, { units: 100, bias: false, initializer: () => signed(0.5) });
  const values = initializeNetwork(builder.build('net', x, y), new SeededRandom(1));
  const weights = [...values.get('fc.weight')!.data];
  expect(new Set(weights)).toEqual(new Set([-0.5, 0.5]));
  // Four standard deviations of a sum of 10,000 signs.
  expect(Math.abs(weights.reduce((a, b) => a + b, 0))).toBeLessThan(200);
});

test('another layer leaves the values of the others as they are', () => {
  const [small, large] = [false, true].map((extra) =>
    initializeNetwork(network(extra), new SeededRandom(3)),
  );
  expect(large!.get('fc2.weight')).toEqual(small!.get('fc2.weight'));
  expect(large!.get('fc1.bias')!.data).not.toEqual(
    initializeNetwork(network(true), new SeededRandom(4)).get('fc1.bias')!.data,
  );
});

test('given values are taken, and counted', () => {
  const build = (values: number[]) => {
    const builder = new NetworkBuilder();
    const x = builder.input([2]);
    const y = builder.dense('fc', x, {
      units: 1,
      bias: false,
      initializer: () => ({ kind: 'values', values }),
    });
    return initializeNetwork(builder.build('net', x, y), new SeededRandom(1));
  };
  expect([...build([1, 2]).get('fc.weight')!.data]).toEqual([1, 2]);
  expect(() => build([1])).toThrow('"fc.weight": shape [2, 1] needs 2 first values; received 1');
});
