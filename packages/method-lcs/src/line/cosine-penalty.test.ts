import { describe, expect, test } from '@jest/globals';
import { addParameters, gradients, program, variable } from '@pare/graph';
import { evaluate } from '@pare/graph/testing';
import { lcsOptions } from '../options.ts';
import { regimeOf } from '../regime-of.ts';
import { lcsSettings } from '../settings.ts';
import { lcsNetworks } from '../testing/lcs-networks.ts';
import { nameFilled, uniformFill } from '../testing/name-fill.ts';
import { cosinePenalty, endPointPairs } from './cosine-penalty.ts';
import { layerParameters } from './layers.ts';
import type { Parameter } from '@pare/graph';
import type { LayerParameters } from './layers.ts';

// Expected numbers come from the authors' code.

describe('two pairs of convolutions', () => {
  const end = (seed: number, ...shape: number[]) => {
    const size = shape.reduce((a, b) => a * b, 1);
    const name = `w${seed}`;
    return { value: variable(name, shape), name, shape, data: uniformFill(seed, size) };
  };
  const [u, v] = [end(1, 3, 2, 3, 3), end(2, 3, 2, 3, 3)];
  const [p, q] = [end(5, 4, 3, 1, 1), end(6, 4, 3, 1, 1)];
  const values = new Map([u, v, p, q].map((one) => [one.name, one]));
  const penalty = cosinePenalty([
    [u.value, v.value],
    [p.value, q.value],
  ]);
  const [gradient] = gradients(penalty, [u.value]);
  const { outputs } = evaluate(program({ outputs: { penalty, gradient: gradient! } }), {}, values);

  test('are taken together: one cosine of all numbers', () => {
    expect(outputs.penalty!.data[0]).toBeCloseTo(0.008040487, 7);
    expect(outputs.penalty!.data[0]).toBeCloseTo((-2.197133) ** 2 / (20.25093 * 29.64731), 6);
  });

  test('have a gradient', () => {
    [-0.003630815, 0.003351439, 0.003099277].forEach((value, i) =>
      expect(outputs.gradient!.data[i]).toBeCloseTo(value, 7),
    );
  });
});

describe('cPreResNet20 with the authors’ fill', () => {
  function penaltyOf(
    setting: 'structured' | 'unstructured',
    norm: 'instance' | 'group',
    covered: (layers: LayerParameters) => readonly Parameter[],
  ): number {
    const plain = lcsNetworks.cPreResNet20(norm);
    const regime = regimeOf(lcsSettings(lcsOptions.parse({ setting }), plain.name));
    const network = addParameters(plain, regime.added(plain));
    const penalty = cosinePenalty(endPointPairs(network, covered(layerParameters(network))));
    const weights = nameFilled(network.parameters);
    return evaluate(program({ outputs: { penalty } }), {}, weights).outputs.penalty!.data[0]!;
  }

  test('structured: the scales of norms', () => {
    expect(penaltyOf('structured', 'instance', ({ normScales }) => normScales)).toBeCloseTo(
      0.9743031,
      6,
    );
  });

  test('unstructured: all weights of layers', () => {
    const all = ({ stem, blocks, classifier }: LayerParameters) => [
      ...stem,
      ...blocks,
      ...classifier,
    ];
    expect(penaltyOf('unstructured', 'group', all)).toBeCloseTo(2.0801e-6, 9);
  });

  test('structured: layers have no second end point, and are left out', () => {
    const plain = lcsNetworks.cPreResNet20('instance');
    const regime = regimeOf(lcsSettings(lcsOptions.parse({}), plain.name));
    const network = addParameters(plain, regime.added(plain));
    const { blocks, normShifts } = layerParameters(network);
    expect(endPointPairs(network, blocks)).toEqual([]);
    expect(endPointPairs(network, normShifts)).toHaveLength(19);
  });
});
