import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  NetworkBuilder,
  conv2d,
  gradients,
  input,
  instantiate,
  kthLargest,
  program,
  square,
  sum,
} from '@pare/graph';
import { createTensorFlowEngine } from '../create-tensorflow-engine.ts';
import { writePrograms } from '../graphdef/write-programs.ts';
import { tensorFlowStatus } from '../native/status.ts';
import type { Conv2dOptions, Value } from '@pare/graph';
import type { Engine, HostTensor } from '@pare/core';
import type { Device } from './emitters.ts';

const status = await tensorFlowStatus();

const names = [
  'Conv2D',
  'Conv2DBackpropInput',
  'Conv2DBackpropFilter',
  'MatMul',
  'NthElement',
  'TopKV2',
];

/** Which of these ops TensorFlow is given; they stand in the GraphDef with their length before them. */
function opsFor(outputs: Readonly<Record<string, Value>>, device: Device = 'cpu'): string[] {
  const { savedModel } = writePrograms({ only: program({ outputs }) }, device);
  const text = Buffer.from(savedModel).toString('latin1');
  return names.filter((name) => text.includes(`\x12${String.fromCharCode(name.length)}${name}`));
}

/** Both gradients of a convolution of 4 x 4 images, which need its result too. */
function trained(filterShape: number[], options: Conv2dOptions = {}): Record<string, Value> {
  const x = input('x', ['batch', 4, 4, 2]);
  const filter = input('filter', filterShape);
  const [dx, df] = gradients(sum(square(conv2d(x, filter, options))), [x, filter]);
  return { dx: dx!, df: df! };
}

/** A 1 x 1 convolution in use, with what a network has behind it. */
function predicted(behind: 'bias' | 'batch norm' | 'group norm'): Record<string, Value> {
  const builder = new NetworkBuilder();
  const image = builder.input([4, 4, 2]);
  const y = builder.conv2d('conv', image, { filters: 4, kernel: 1, bias: behind === 'bias' });
  if (behind === 'bias')
    return { y: instantiate(builder.build('b', image, y), { mode: 'eval' }).output };
  const normed =
    behind === 'batch norm'
      ? builder.batchNorm('bn', y)
      : builder.groupNorm('gn', y, { groups: 2 });
  return { y: instantiate(builder.build('n', image, normed), { mode: 'eval' }).output };
}

describe('1 x 1 convolutions', () => {
  const convolutions = ['Conv2D', 'Conv2DBackpropInput', 'Conv2DBackpropFilter'];

  test('of every pixel are matrix products on CPUs, their gradients too', () => {
    expect(opsFor(trained([1, 1, 2, 3]))).toEqual(['MatMul']);
  });

  test('stay convolutions on GPUs, which change the layout around others', () => {
    expect(opsFor(trained([1, 1, 2, 3]), 'gpu')).toEqual(convolutions);
  });

  test.each<[string, number[], Conv2dOptions]>([
    ['that leave out pixels', [1, 1, 2, 3], { strides: 2 }],
    ['that add pixels', [1, 1, 2, 3], { padding: 1 }],
    ['in groups', [1, 1, 1, 4], { groups: 2 }],
    ['that are not 1 x 1', [1, 2, 2, 3], {}],
  ])('%s are left alone', (_, filter, options) => {
    expect(opsFor(trained(filter, options))).toEqual(convolutions);
  });

  test('stay convolutions before a bias and a batch norm, which TensorFlow computes with them', () => {
    expect(opsFor(predicted('bias'))).toEqual(['Conv2D']);
    expect(opsFor(predicted('batch norm'))).toEqual(['Conv2D']);
    expect(opsFor(predicted('group norm'))).toEqual(['MatMul']);
  });
});

describe('kthLargest', () => {
  const values = (length: number) => input('x', [length]);
  const k = () => input('k', [], 'int32');

  test('selects on CPUs and sorts on GPUs, which have no kernel for it', () => {
    expect(opsFor({ y: kthLargest(values(9), k()) })).toEqual(['NthElement']);
    expect(opsFor({ y: kthLargest(values(9), k()) }, 'gpu')).toEqual(['TopKV2']);
  });

  (status.ready ? describe : describe.skip)('in TensorFlow', () => {
    const length = 200;
    // Many ties, tiny and huge numbers and infinity. TensorFlow takes denormal numbers as 0.
    const data = Float32Array.from({ length }, (_, i) =>
      i % 3 ? Math.sin(i) * 10 ** ((i % 60) - 30) : (i % 7) - 3,
    ).with(5, Infinity);
    const sorted = [...data].sort((a, b) => b - a);
    let engine: Engine;
    beforeAll(async () => {
      engine = await createTensorFlowEngine();
    });
    afterAll(() => engine.dispose());

    test('is the very element at each place from the largest to the smallest', async () => {
      const session = await engine.open({
        only: program({ outputs: { y: kthLargest(values(length), k()) } }),
      });
      const at = async (place: number) => {
        const x: HostTensor = { dtype: 'float32', shape: [length], data: data.slice() };
        const feed: HostTensor = { dtype: 'int32', shape: [], data: Int32Array.of(place) };
        return (await session.run('only', { x, k: feed })).y!.data[0];
      };
      const found = [];
      for (let place = 1; place <= length; place++) found.push(await at(place));
      expect(found).toEqual(sorted);
      await expect(at(0)).rejects.toThrow('TensorFlow stopped a run');
      await expect(at(length + 1)).rejects.toThrow('TensorFlow stopped a run');
      await session.dispose();
    });
  });
});
