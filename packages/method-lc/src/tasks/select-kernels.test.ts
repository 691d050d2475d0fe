import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mixedNetwork } from '../testing/mixed-network.ts';
import { exampleNetworks } from '../testing/networks.ts';
import { parseTaskLine } from './parse-task-line.ts';
import { fits, selectKernels } from './select-kernels.ts';
import type { Network } from '@pare/graph';

const select = (layers: string, network: Network) =>
  selectKernels(parseTaskLine({ line: 4, text: `${layers}: binarize` }), network).map(
    ({ layer }) => layer,
  );

describe('layers are picked', () => {
  const mixed = mixedNetwork();

  test.each([
    ['all', ['conv1', 'grouped', 'depthwise', 'fc', 'beside']],
    ['all conv', ['conv1', 'grouped', 'beside']],
    ['all depthwise', ['depthwise']],
    ['all dense', ['fc']],
    ['fc, conv1', ['conv1', 'fc']],
    ['conv1, conv*', ['conv1']],
    ['conv1.weight', ['conv1']],
    ['all except fc, all conv', ['depthwise']],
    // Of norm1 and norms there is no kernel; patterns pass over them.
    ['*1', ['conv1']],
    ['?c', ['fc']],
  ])('%s', (layers, expected) => {
    expect(select(layers, mixed)).toEqual(expected);
  });

  test('by parts of their names, in the order of the network', () => {
    const network = exampleNetworks['resnet-20']();
    expect(select('layer3.*.conv2, layer2.1.*', network)).toEqual([
      'layer2.1.conv1',
      'layer2.1.conv2',
      'layer3.0.conv2',
      'layer3.1.conv2',
      'layer3.2.conv2',
    ]);
    expect(select('all', network)).toHaveLength(20);
    expect(select('features.?', exampleNetworks['vgg-16']())).toHaveLength(3);
  });
});

test('a pattern without wildcards fits its own text only', () => {
  const text = fc.stringMatching(/^[\w.()+$/-]{1,12}$/);
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(fits(a, b)).toBe(a === b);
      expect(fits(`${a}*`, `${a}${b}`)).toBe(true);
      expect(fits(`*${b}`, `${a}${b}`)).toBe(true);
    }),
  );
});

describe('layers that are not there are told with line, column and near misses', () => {
  test.each([
    [
      'fcc',
      'column 1: expected layers',
      'Did you mean "fc"? Layers: conv1, grouped, depthwise, fc',
    ],
    [
      'fc, cnv1',
      'column 5: expected layers',
      'received "cnv1", which matches none. Did you mean "conv1"?',
    ],
    ['conv', 'column 1', 'Did you mean "conv1" or "all conv"'],
    ['convolution*', 'column 1', 'which matches none'],
    ['norm1', 'column 1: "norm1" has no kernel', 'received "norm1.weight" (norm-scale)'],
    ['fc.bias', 'column 1: "fc.bias" has no kernel', '(bias)'],
    ['all except dense9', 'column 12: expected layers', 'received "dense9"'],
    ['fc except fc', 'column 11: nothing is left of fc except fc', 'expected at least one layer'],
  ])('%s', (layers, place, told) => {
    const action = () => select(layers, mixedNetwork());
    expect(action).toThrow(expect.objectContaining({ code: 'UNKNOWN_LAYER' }));
    expect(action).toThrow(`tasks: line 4, ${place}`);
    expect(action).toThrow(told);
  });

  test('a kind of layers that the network lacks', () => {
    expect(() => select('all depthwise', exampleNetworks['lenet-5']())).toThrow(
      'column 1: network "lenet-5" has no depthwise convolution',
    );
  });
});
