import { describe, expect, test } from '@jest/globals';
import { oracleVector } from '../testing/oracle-numbers.ts';
import { stepContext } from '../testing/step-context.ts';
import { compressionParts } from './compression-parts.ts';
import { createCompression } from './create-compression.ts';
import type { PartReference } from '@pare/core';

const options: Record<string, object> = {
  'adaptive-quantization': { centroids: 2 },
  'fixed-codebook': { values: [0, 1] },
  'powers-of-two': { smallest: 2 },
  'l0-constraint': { kept: 3 },
  'l1-constraint': { radius: 1 },
  'l0-penalty': { alpha: 1 },
  'l1-penalty': { alpha: 1 },
  'low-rank': { rank: 1 },
  'rank-selection': { alpha: 1, criterion: 'storage' },
};

describe('a compression of a configuration', () => {
  test.each(Object.keys(compressionParts))('%s has its name and options', (name) => {
    expect(createCompression({ name, ...options[name] }).name).toBe(name);
    const wrong = { name, ...options[name], misspelt: 1 };
    expect(() => createCompression(wrong)).toThrow(new RegExp(`compression "${name}".*misspelt`));
  });

  test('has the options that it is given', () => {
    const compression = createCompression({ name: 'l0-constraint', kept: 3 });
    const theta = compression.compress(oracleVector, stepContext(64));
    expect(compression.parameters(theta)).toBe(3);
  });

  test('is a sum where it is a list, and a list of one is its part', () => {
    const list = [
      { name: 'l0-constraint', kept: 1 },
      { name: 'adaptive-quantization', centroids: 2 },
    ];
    expect(createCompression(list).name).toBe('additive');
    expect(createCompression(list.slice(0, 1)).name).toBe('l0-constraint');
    const rounds = (repetitions: number) => {
      const compression = createCompression(list, { repetitions });
      return compression.decompress(compression.compress(oracleVector, stepContext(64)));
    };
    expect(rounds(1)).not.toEqual(rounds(10));
  });

  test('that there is not is refused, with the nearest name', () => {
    expect(() => createCompression({ name: 'low-rnak', rank: 1 })).toThrow(
      /no compression "low-rnak". Did you mean "low-rank"\?/,
    );
    expect(() => createCompression({ name: 'toString' })).toThrow(/no compression "toString"/);
  });

  test.each([[[]], [{}], ['binary'], [null], [[{ name: 'binary' }, 3]]])(
    '%j is refused',
    (config) => {
      expect(() => createCompression(config as PartReference)).toThrow(/compression/);
    },
  );
});

test('kinds of others are made by their name, also in sums', () => {
  const kinds = { ...compressionParts, mine: compressionParts.binary! };
  expect(createCompression([{ name: 'mine' }, { name: 'ternary' }], {}, kinds).name).toBe(
    'additive',
  );
  expect(() => createCompression({ name: 'mien' }, {}, kinds)).toThrow('Did you mean "mine"?');
  expect(() => createCompression({ name: 'mine' })).toThrow('no compression "mine"');
});
