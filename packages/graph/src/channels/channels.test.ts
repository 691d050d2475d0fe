import { describe, expect, test } from '@jest/globals';
import { mean } from '../composites/mean.ts';
import { instantiate } from '../network/instantiate.ts';
import { NetworkBuilder } from '../network/network-builder.ts';
import { add } from '../ops/add.ts';
import { concat } from '../ops/concat.ts';
import { constant } from '../ops/constant.ts';
import { flatten } from '../ops/flatten.ts';
import { dimensionInput } from '../ops/input.ts';
import { maxPool } from '../ops/max-pool.ts';
import { pad } from '../ops/pad.ts';
import { relu } from '../ops/relu.ts';
import { program } from '../program/program.ts';
import { evaluate } from '../testing/evaluate.ts';
import { seededValues } from '../testing/seeded-values.ts';
import { cutParameters } from './cut-parameters.ts';
import { findChannels } from './find-channels.ts';
import { keepChannels } from './keep-channels.ts';
import type { Value } from '../ir/value.ts';
import type { Network } from '../network/network.ts';
import type { ChannelCut } from './cut-parameters.ts';
import type { KeptChannels } from './keep-channels.ts';

const unbiased = { kernel: 3, padding: 'same', bias: false } as const;

/** Residual block with a projection, depthwise filters, a joined map, and a dense head on the flattened image. */
function mixed(): Network {
  const b = new NetworkBuilder();
  const x = b.input([4, 4, 3]);
  const stem = b.batchNorm('bn', b.conv2d('stem', x, { ...unbiased, filters: 4 }));
  let y = relu(b.conv2d('a', relu(stem), { kernel: 1, filters: 6 }));
  y = b.instanceNorm('in', b.depthwiseConv2d('depth', y, { kernel: 3, padding: 'same' }));
  const sum = add(b.conv2d('b', relu(y), { ...unbiased, filters: 4 }), stem);
  const joined = concat([sum, b.conv2d('c', sum, { ...unbiased, filters: 2 })]);
  const small = maxPool(b.conv2d('d', joined, { kernel: 1, filters: 5 }), { size: 2 });
  const hidden = relu(b.dense('fc1', flatten(small), { units: 7 }));
  return b.build('mixed', x, b.dense('fc2', hidden, { units: 3 }));
}

const network = mixed();
const map = findChannels(network);
const groupsOf = (name: string) =>
  map.axes.get(name)!.map((axis) => axis?.groups.map(({ id }) => id));
const groupOf = (name: string, axis: number) => groupsOf(name)[axis]![0]!;
const residual = groupOf('stem.weight', 3);
const inner = groupOf('a.weight', 3);

describe('findChannels', () => {
  test('what is added together belongs together, norms and biases too', () => {
    expect(groupsOf('stem.weight')).toEqual([undefined, undefined, [0], [residual]]);
    for (const name of ['bn.weight', 'bn.bias', 'bn.running_mean', 'bn.running_var'])
      expect(groupsOf(name)).toEqual([[residual]]);
    expect(groupOf('b.weight', 3)).toBe(residual);
    expect(groupOf('c.weight', 2)).toBe(residual);
  });

  test('depthwise filters hand channels on', () => {
    expect(groupsOf('depth.weight')).toEqual([undefined, undefined, [inner], undefined]);
    expect(groupsOf('depth.bias')).toEqual([[inner]]);
    expect(groupsOf('in.weight')).toEqual([[inner]]);
    expect(groupOf('b.weight', 2)).toBe(inner);
  });

  test('joined maps keep their groups, one after the other', () => {
    expect(groupsOf('d.weight')[2]).toEqual([residual, groupOf('c.weight', 3)]);
  });

  test('a flattened image repeats its channels for each pixel', () => {
    const [rows] = map.axes.get('fc1.weight')!;
    expect(rows).toMatchObject({ repeat: 4, groups: [{ id: groupOf('d.weight', 3), size: 5 }] });
  });

  test('images and classes are fixed, hidden channels are not', () => {
    const fixed = map.groups.filter(({ fixed }) => fixed).map(({ size, fixed }) => [size, fixed]);
    expect(fixed).toEqual([
      [3, 'they are the channels of the images'],
      [3, 'they are the outputs of the network'],
    ]);
    expect(map.groups.map(({ size }) => size).sort()).toEqual([2, 3, 3, 4, 5, 6, 7]);
  });

  test('zero channels, grouped convolutions and group norms fix what they touch', () => {
    const b = new NetworkBuilder();
    const x = b.input([2, 2, 2]);
    const first = b.conv2d('first', x, { kernel: 1, filters: 2 });
    const wide = pad(first, [[0, 0], [0, 0], [0, 0], [1, 1]]); // prettier-ignore
    const sum = add(wide, b.conv2d('second', first, { kernel: 1, filters: 4 }));
    const grouped = b.conv2d('third', sum, { kernel: 1, filters: 8, groups: 2 });
    const normal = b.groupNorm('gn', b.conv2d('fourth', grouped, { kernel: 1, filters: 4 }), { groups: 2 }); // prettier-ignore
    const { groups, axes } = findChannels(
      b.build('fixed', x, b.dense('fc', mean(normal, [1, 2]), { units: 2 })),
    );
    const reason = (name: string) => groups[axes.get(name)!.at(-1)!.groups[0]!.id]!.fixed;
    expect(reason('first.weight')).toBe(
      'they are added to channels that are put together in another way',
    );
    expect(reason('second.weight')).toBe(reason('first.weight'));
    expect(reason('third.weight')).toBe('a grouped convolution reads or makes them');
    expect(reason('fourth.weight')).toBe('group norm treats neighbouring channels together');
  });
});

const values = new Map(
  network.parameters.map(({ name, shape, role }) => {
    const data = seededValues(name, shape.reduce((a, b) => a * b, 1)); // prettier-ignore
    return [
      name,
      { shape, data: role === 'running-variance' ? data.map((v) => v * v + 0.5) : data },
    ];
  }),
);
const images = { shape: [2, 4, 4, 3], data: seededValues('images', 96) };
const run = (output: Value, weights: typeof values, feeds = {}, inputs: Value[] = []) =>
  evaluate(program({ outputs: { y: output }, inputs }), { x: images, ...feeds }, weights).outputs
    .y!;
const evalOf = (of: Network) => instantiate(of, { mode: 'eval' }).output;

/** The values with everything that makes channels outside of `kept` set to zero. */
function silenced(kept: KeptChannels): typeof values {
  return new Map(
    [...values].map(([name, { shape, data }]) => {
      const axis = map.axes.get(name)!.at(-1);
      const own = axis?.groups.length === 1 ? kept.get(axis.groups[0]!.id) : undefined;
      const width = shape.at(-1)!;
      if (!own || /running/.test(name)) return [name, { shape, data }];
      return [name, { shape, data: data.map((v, i) => (own.includes(i % width) ? v : 0)) }];
    }),
  );
}

function expectSame(a: { data: ArrayLike<number> }, b: { data: ArrayLike<number> }): void {
  expect(a.data).toHaveLength(b.data.length);
  Array.from(a.data).forEach((v, i) => expect(v).toBeCloseTo(b.data[i]!, 9));
}

const kept: KeptChannels = new Map([
  [residual, [0, 2, 3]],
  [inner, [1, 4]],
  [groupOf('d.weight', 3), [0, 1, 4]],
  [groupOf('c.weight', 3), [1]],
]);

describe('keepChannels', () => {
  test('removing silent channels changes nothing', () => {
    const { network: smaller, select } = keepChannels(network, map, kept);
    const weights = new Map(
      smaller.parameters.map(({ name, shape }) => {
        const { data } = values.get(name)!;
        const indices = select.get(name);
        return [
          name,
          { shape: [...shape], data: indices ? Float64Array.from(indices, (i) => data[i]!) : data },
        ];
      }),
    ) as typeof values;
    // A depthwise bias makes something of a silent channel; the norm behind it silences it again.
    expectSame(run(evalOf(smaller), weights), run(evalOf(network), silenced(kept)));
    expect(smaller.parameters.find(({ name }) => name === 'fc1.weight')).toMatchObject({
      shape: [12, 7],
      flattened: [2, 2, 3],
    });
  });

  test('refuses groups that are fixed, unknown, emptied or badly listed', () => {
    const keep = (id: number, indices: number[]) => () =>
      keepChannels(network, map, new Map([[id, indices]]));
    expect(keep(0, [1])).toThrow(
      'keepChannels: the 3 channels of group 0 cannot change: they are the channels of the images.',
    );
    expect(keep(77, [0])).toThrow('keepChannels: there is no group 77 of channels.');
    for (const bad of [[], [2, 1], [1, 1], [4], [0.5]])
      expect(keep(residual, bad)).toThrow(/needs at least one of the indices 0 to 3/);
  });
});

describe('cutParameters', () => {
  const first: KeptChannels = new Map(
    [...kept].map(([id, { length }]) => [id, Array.from({ length }, (_, i) => i)]),
  );

  function cutOutput(cuts: ReadonlyMap<number, ChannelCut>): Value {
    const weights = cutParameters(network, map, cuts);
    return instantiate(network, { mode: 'eval', weights }).output;
  }

  test('gives the first channels', () => {
    const cuts = new Map([...first].map(([id, { length }]) => [id, { size: length }]));
    expectSame(run(cutOutput(cuts), values), run(evalOf(network), silenced(first)));
  });

  test('takes sizes that are known only at run time', () => {
    const ids = [...first.keys()];
    const cuts = new Map(ids.map((id) => [id, { size: `n${id}` }]));
    const feeds = Object.fromEntries(
      ids.map((id) => [`n${id}`, { shape: [], data: [first.get(id)!.length] }]),
    );
    const inputs = ids.map((id) => dimensionInput(`n${id}`));
    const y = run(cutOutput(cuts), values, feeds, inputs);
    expectSame(y, run(evalOf(network), silenced(first)));
  });

  test('may compute with more channels than count, which weights ignore by a mask', () => {
    const cuts = new Map(
      [...first].map(([id, { length }]) => {
        const mask = Array.from({ length: map.groups[id]!.size }, (_, i) => (i < length ? 1 : 0));
        return [id, { size: mask.length, mask: constant(mask) }];
      }),
    );
    expectSame(run(cutOutput(cuts), values), run(evalOf(network), silenced(first)));
  });
});
