import { describe, expect, test } from '@jest/globals';
import { NetworkBuilder, add, addParameters, flatten, mean, ones, relu } from '@pare/graph';
import { createLenet300100 } from '@pare/models';
import { lcsNetworks } from '../testing/lcs-networks.ts';
import { layerParameters } from './layers.ts';
import type { Network, Value } from '@pare/graph';

const names = (network: Network) => {
  const { stem, classifier, blocks } = layerParameters(network);
  const layers = (parameters: typeof stem) => parameters.map(({ layer }) => layer);
  return { stem: layers(stem), classifier: layers(classifier), blocks: layers(blocks) };
};

describe('layers of the networks of LCS', () => {
  test('cPreResNet20: all convolutions of blocks, shortcuts too', () => {
    const block = (name: string, first: boolean) =>
      ['conv1', 'conv2', 'conv3', ...(first ? ['downsample.0'] : [])].map((c) => `${name}.${c}`);
    expect(names(lcsNetworks.cPreResNet20())).toEqual({
      stem: ['conv1'],
      classifier: ['fc'],
      blocks: [1, 2, 3].flatMap((i) => [
        ...block(`layer${i}.0`, true),
        ...block(`layer${i}.1`, false),
      ]),
    });
  });

  test('with norms behind the convolutions they are the same', () => {
    expect(names(lcsNetworks.cPreResNet20('batch', 'after'))).toEqual(
      names(lcsNetworks.cPreResNet20()),
    );
  });

  test('ResNet-18 and VGG-19: all between the first convolution and the classifier', () => {
    const resnet = names(lcsNetworks.ResNet18());
    expect(resnet).toMatchObject({ stem: ['conv1'], classifier: ['fc'] });
    expect(resnet.blocks).toHaveLength(19);
    const vgg = names(lcsNetworks.VGG19());
    expect(vgg).toMatchObject({ stem: ['features.0'], classifier: ['classifier'] });
    expect(vgg.blocks).toHaveLength(15);
  });

  test.each([
    ['cPreResNet20', 19, 1360],
    ['ResNet18', 20, 4800],
    ['VGG19', 16, 5504],
  ] as const)('%s has %i norms with %i channels', (name, norms, channels) => {
    const { normScales, normShifts } = layerParameters(lcsNetworks[name]());
    for (const vectors of [normScales, normShifts]) {
      expect(vectors).toHaveLength(norms);
      expect(vectors.reduce((n, { shape }) => n + shape[0]!, 0)).toBe(channels);
    }
  });
});

describe('layers of other networks', () => {
  function build(body: (b: NetworkBuilder, x: Value) => Value): Network {
    const b = new NetworkBuilder();
    const x = b.input([4, 4, 2]);
    return b.build('other', x, body(b, x));
  }
  const conv = (b: NetworkBuilder, name: string, x: Value) =>
    b.conv2d(name, x, { kernel: 3, filters: 2, padding: 1 });

  test('dense layers count like convolutions, and what lies between does not matter', () => {
    const task = { imageShape: [28, 28, 1], classes: 10 } as const;
    expect(names(createLenet300100().build(new NetworkBuilder(), task))).toEqual({
      stem: ['fc1'],
      classifier: ['fc3'],
      blocks: ['fc2'],
    });
  });

  test('all layers that read the images are first, all that end in the logits last', () => {
    const network = build((b, x) => {
      const one = relu(add(conv(b, 'a', x), conv(b, 'b', x)));
      const features = mean(conv(b, 'c', one), [1, 2]);
      return add(
        b.dense('head', features, { units: 3 }),
        b.dense('other', relu(features), { units: 3 }),
      );
    });
    expect(names(network)).toEqual({
      stem: ['a', 'b'],
      classifier: ['head', 'other'],
      blocks: ['c'],
    });
  });

  test('a layer behind another one is not first, though it reads the images too', () => {
    const network = build((b, x) => {
      const y = conv(b, 'second', add(x, conv(b, 'first', x)));
      return b.dense('fc', flatten(y), { units: 3 });
    });
    expect(names(network)).toEqual({ stem: ['first'], classifier: ['fc'], blocks: ['second'] });
  });

  test('a single layer is the classifier', () => {
    const network = build((b, x) => b.dense('fc', flatten(x), { units: 3 }));
    expect(names(network)).toEqual({ stem: [], classifier: ['fc'], blocks: [] });
  });

  test('what stands beside the graph is no layer', () => {
    const network = build((b, x) => b.dense('fc', flatten(conv(b, 'conv', x)), { units: 3 }));
    const extended = addParameters(network, [
      {
        name: 'conv.weight1',
        layer: 'conv',
        shape: [3, 3, 2, 2],
        role: 'weight',
        initializer: ones,
      },
    ]);
    expect(layerParameters(extended)).toEqual(layerParameters(network));
  });
});
