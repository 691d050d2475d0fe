import { describe, expect, test } from '@jest/globals';
import { SeededRandom, initializeNetwork } from '@pare/core';
import { addParameters, program, trainableParameters } from '@pare/graph';
import { evaluate } from '@pare/graph/testing';
import { lcsOptions } from '../options.ts';
import { regimeOf } from '../regime-of.ts';
import { lcsSettings } from '../settings.ts';
import { lcsNetworks } from '../testing/lcs-networks.ts';
import { cosinePenalty, endPointPairs } from './cosine-penalty.ts';
import { layerParameters } from './layers.ts';
import type { Network } from '@pare/graph';
import type { SettingName } from '../options.ts';

/** A network with what the setting adds to it for a line. */
function extended(setting: SettingName, plain: Network): Network {
  const regime = regimeOf(lcsSettings(lcsOptions.parse({ setting }), plain.name));
  return addParameters(plain, regime.added(plain));
}

const count = (network: Network) =>
  trainableParameters(network).reduce((n, { shape }) => n + shape.reduce((a, b) => a * b, 1), 0);

describe('parameters of networks as the authors count them', () => {
  // They count a vector of 912 entries in cPreResNet20 that picks channels and is never trained; here there is none.
  test.each([
    ['cPreResNet20', 220_384 - 912, 223_104 - 912, 439_856 - 2 * 912 + 912],
    ['ResNet18', 11_688_512, 11_698_112, 23_377_024],
    ['VGG19', 20_541_888, 20_552_896, 41_083_776],
  ] as const)('%s: plain, structured and unstructured line', (name, base, structured, sparse) => {
    const build = lcsNetworks[name];
    expect(count(build())).toBe(base);
    expect(count(extended('structured', build('instance')))).toBe(structured);
    expect(count(extended('unstructured', build('group')))).toBe(sparse);
  });
});

/** First value or law of the second end point of a parameter. */
function initializerOf(network: Network, name: string) {
  return network.parameters.find((parameter) => parameter.name === `${name}1`)!.initializer;
}

const normal = (variance: number) => {
  const deviation = expect.closeTo(Math.sqrt(variance), 10) as unknown;
  return { kind: 'normal', mean: 0, deviation };
};

describe('second end points start', () => {
  test('in cPreResNet20 with the fan out, the classifier with the fan in, scales at a half', () => {
    const network = extended('unstructured', lcsNetworks.cPreResNet20('group'));
    const first = (name: string) => initializerOf(network, name);
    expect(first('conv1.weight')).toEqual(normal(2 / (9 * 16)));
    expect(first('layer3.0.conv3.weight')).toEqual(normal(2 / 256));
    expect(first('layer2.0.downsample.0.weight')).toEqual(normal(2 / 128));
    expect(first('fc.weight')).toEqual(normal(2 / 256));
    expect(first('bn.weight')).toEqual({ kind: 'constant', value: 0.5 });
    expect(first('bn.bias')).toEqual({ kind: 'constant', value: 0 });
  });

  test('in VGG-19 with the fan out, the classifier with deviation 0.01, scales at a half', () => {
    const network = extended('unstructured', lcsNetworks.VGG19('group'));
    const first = (name: string) => initializerOf(network, name);
    expect(first('features.0.weight')).toEqual(normal(2 / (9 * 64)));
    expect(first('features.7.weight')).toEqual(normal(2 / (9 * 128)));
    expect(first('classifier.weight')).toEqual(normal(0.01 ** 2));
    expect(first('features.1.weight')).toEqual({ kind: 'constant', value: 0.5 });
  });

  test('in ResNet-18 as the first ones, with draws of their own', () => {
    const network = extended('unstructured', lcsNetworks.ResNet18('group'));
    for (const { name, initializer } of network.parameters.filter((p) => !p.name.endsWith('1'))) {
      expect([name, initializerOf(network, name)]).toEqual([name, initializer]);
    }
    const random = new SeededRandom(1);
    const parameters = network.parameters.filter(({ layer }) => layer === 'layer1.0.conv1');
    const weights = initializeNetwork({ ...network, parameters }, random);
    const [one, two] = [...weights.values()].map(({ data }) => data);
    expect([...two!.subarray(0, 9)]).not.toEqual([...one!.subarray(0, 9)]);
  });

  test('with the roles and layouts of the first ones', () => {
    const network = extended('unstructured', lcsNetworks.cPreResNet20('group'));
    const { parameters } = network;
    for (const { name, layer, role, layout, shape } of parameters.slice(0, parameters.length / 2)) {
      const end = parameters.find((parameter) => parameter.name === `${name}1`);
      expect(end).toMatchObject({ layer, role, layout, shape, trainable: true });
    }
  });
});

describe('the squared cosine of the ends at the start', () => {
  const start = (network: Network, parameters: ReturnType<typeof layerParameters>['blocks']) => {
    const penalty = cosinePenalty(endPointPairs(network, parameters));
    const weights = initializeNetwork(network, new SeededRandom(3));
    return evaluate(program({ outputs: { penalty } }), {}, weights).outputs.penalty!.data[0]!;
  };

  test('is 1 for scales that are constant', () => {
    const network = extended('structured', lcsNetworks.cPreResNet20('instance'));
    expect(start(network, layerParameters(network).normScales)).toBeCloseTo(1, 12);
  });

  test('is almost 0 for weights that are drawn independently', () => {
    const network = extended('unstructured', lcsNetworks.cPreResNet20('group'));
    // 213,760 independent products: the cosine has a deviation of about 1/sqrt(213760).
    expect(start(network, layerParameters(network).blocks)).toBeLessThan(16 / 213_760);
  });
});
