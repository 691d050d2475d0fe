import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { B, C, W } from '../testing/oracle-inputs.ts';
import { relativeError, valueAndGradients, valued } from '../testing/parameters.ts';
import { regularizer } from './regularizer.ts';
import { elementKinds, structureKinds } from './regularizer-kind.ts';
import type { ValuedParameter } from '../testing/parameters.ts';
import type { Grouping } from './group-terms.ts';
import type { ElementKind, RegularizerKind, StructureKind } from './regularizer-kind.ts';

const w = valued('fc.weight', 'dense', [3, 4], W);
const b = valued('fc.bias', 'bias', [3], B);
const c = valued('conv.weight', 'conv', [3, 2, 2, 2], C);
const withoutRow1 = valued(
  'fc.weight',
  'dense',
  [3, 4],
  W.map((v, i) => (i >= 4 && i < 8 ? 0 : v)),
);
const empty = valued('dead.weight', 'dense', [2, 2], [0, 0, 0, 0]);

const measure = (kind: RegularizerKind, parameters: ValuedParameter[], grouping?: Grouping) =>
  valueAndGradients(regularizer(kind, { grouping }), parameters);

function expectGradient(actual: readonly number[], expected: readonly number[]): void {
  expect(relativeError(actual, expected)).toBeLessThan(1e-4);
}
function expectValue(actual: number, expected: number): void {
  expect(relativeError([actual], [expected])).toBeLessThan(1e-5);
}

describe('element-wise regularizers', () => {
  // Oracle O1: value and the first row of gradients on W.
  const onW: Record<ElementKind, [number, number[]]> = {
    l1: [3.14, [-1, -1, 1, -1]],
    hoyer: [3.0438135, [0.1461064, -0.9121636, -0.03169888, -0.1399125]],
    'hoyer-square': [9.264801, [0.8894424, -5.552912, -0.1929717, -0.8517342]],
    'transformed-l1': [4.723934, [-1.035143, -1.922338, 1.097394, -1.201851]],
  };
  test.each(elementKinds)('%s has the value and slope of the original', (kind) => {
    const { value, gradients } = measure(kind, [w]);
    expectValue(value, onW[kind][0]);
    expectGradient(gradients[0]!.slice(0, 4), onW[kind][1]);
  });

  // Oracle O2.
  const sums: Record<ElementKind, number> = {
    l1: 3.74,
    hoyer: 4.753222,
    'hoyer-square': 12.186879,
    'transformed-l1': 5.720226,
  };
  test.each(elementKinds)('%s sums weights and biases and skips an all-zero tensor', (kind) => {
    const { value, gradients } = measure(kind, [w, b, empty]);
    expectValue(value, sums[kind]);
    expect(gradients[2]).toEqual([0, 0, 0, 0]);
  });

  test('Hoyer-Square does not revive zeros', () => {
    const { value, gradients } = measure('hoyer-square', [withoutRow1]);
    expectValue(value, 6.377224);
    expect(gradients[0]!.slice(4, 8)).toEqual([0, 0, 0, 0]);
    expect(gradients[0]![0]).not.toBe(0);
  });

  test('Hoyer-Square counts entries of one magnitude', () => {
    const fourOfSix = valued('v', 'bias', [6], [0.5, -0.5, 0, 0.5, 0, 0.5]);
    expect(measure('hoyer-square', [fourOfSix]).value).toBeCloseTo(4, 6);
  });

  test('Hoyer-Square is not changed by scaling and stays within 1 and n', () => {
    const entries = fc.array(
      fc.double({ min: -9, max: 9, noNaN: true }).filter((v) => Math.abs(v) > 0.01),
      {
        minLength: 2,
        maxLength: 12,
      },
    );
    fc.assert(
      fc.property(entries, fc.double({ min: 0.1, max: 10, noNaN: true }), (values, scale) => {
        const of = (list: number[]) =>
          measure('hoyer-square', [valued('v', 'bias', [list.length], list)]).value;
        expect(of(values)).toBeGreaterThan(1 - 1e-6);
        expect(of(values)).toBeLessThan(values.length + 1e-5);
        expect(relativeError([of(values.map((v) => v * scale))], [of(values)])).toBeLessThan(1e-5);
      }),
      { numRuns: 25 },
    );
  });
});

describe('structural regularizers of dense weights', () => {
  // Oracle O3; the bias is ignored.
  const onW: [StructureKind, number, number[]][] = [
    ['group-lasso', 3.830542, [-1.291883, -0.07691512, 1.303006, -1.068516]],
    ['group-hoyer-square', 6.928363, [0.4305086, -0.01902239, 0.1671445, -0.09564757]],
  ];
  test.each(onW)('%s has the value and slope of the original', (kind, expected, slope) => {
    const { value, gradients } = measure(kind, [w, b]);
    expectValue(value, expected);
    expectGradient(gradients[0]!.slice(0, 4), slope);
    expect(gradients[1]).toEqual([0, 0, 0]);
  });

  const onZeroRow: [StructureKind, number, number[]][] = [
    ['group-lasso', 2.859004, [-1.297499, -0.2503055, 1.364933, -1.111268]],
    ['group-hoyer-square', 5.273373, [0.51491, -0.7236886, 0.3563371, -0.2149377]],
  ];
  test.each(onZeroRow)(
    '%s gives a zero row slope 0 where the original has NaN',
    (kind, expected, slope) => {
      const { value, gradients } = measure(kind, [withoutRow1]);
      expectValue(value, expected);
      expectGradient(gradients[0]!.slice(0, 4), slope);
      expect(gradients[0]!.slice(4, 8)).toEqual([0, 0, 0, 0]);
    },
  );

  test.each(structureKinds)('%s skips an all-zero weight', (kind) => {
    const { value, gradients } = measure(kind, [w, empty]);
    expectValue(value, measure(kind, [w]).value);
    expect(gradients[1]).toEqual([0, 0, 0, 0]);
  });
});

describe('structural regularizers of convolutions', () => {
  // Oracle O4: value on C, value on {C, W}, first four gradients on C.
  type Row = [StructureKind, number, number, number[]];
  const wholeFilters: Row[] = [
    ['group-lasso', 6.573427, 10.403969, [-0.989455, 0, 0.989455, -0.1689313]],
    ['group-hoyer', 3.13812, 6.851322, [0.01635644, 0, -0.01635644, 0.00279256]],
    ['group-hoyer-square', 4.971889, 11.900252, [0.05516577, 0, -0.05516577, 0.00941854]],
  ];
  const positions: Row[] = [
    ['group-lasso', 12.560184, 16.390726, [-1.655017, 0, 1.735238, -0.4747466]],
    ['group-hoyer', 5.996167, 9.70937, [0.1437205, 0, -0.1054233, -0.06720939]],
    ['group-hoyer-square', 18.038324, 24.966686, [0.9001796, 0, -0.6620831, -0.4261042]],
  ];
  const check = (grouping: Grouping, [kind, alone, both, slope]: Row) => {
    const { value, gradients } = measure(kind, [c], grouping);
    expectValue(value, alone);
    expectGradient(gradients[0]!.slice(0, 4), slope);
    expectValue(measure(kind, [c, w], grouping).value, both);
  };
  test.each(wholeFilters)('%s over whole filters and channels', (...row) =>
    check('filter-channel', row),
  );
  test.each(positions)('%s over kernel positions', (...row) => check('kernel-position', row));
});

describe('any regularizer', () => {
  const all = [...elementKinds, ...structureKinds];
  test.each(all)('%s is NaN when a weight is', (kind) => {
    const broken = valued('broken.weight', 'dense', [2, 2], [1, NaN, 0, 0]);
    expect(measure(kind, [broken, w]).value).toBeNaN();
  });

  test.each(all)('%s has the slope of its own finite difference', (kind) => {
    const step = 1e-3;
    const { gradients } = measure(kind, [c]);
    for (const index of [0, 7, 18]) {
      const [low, high] = [-step, step].map((shift) => {
        const values = C.map((v, i) => (i === index ? v + shift : v));
        const moved = valued('conv.weight', 'conv', [3, 2, 2, 2], values);
        const at = moved.value.data as Float32Array;
        return { x: at[flat(index)]!, y: measure(kind, [moved]).value };
      });
      const slope = (high!.y - low!.y) / (high!.x - low!.x);
      expect(Math.abs(slope - gradients[0]![index]!)).toBeLessThan(
        1e-3 * Math.max(1, Math.abs(slope)),
      );
    }
  });

  test('none is 0', () => {
    expect(measure('none', [w]).value).toBe(0);
  });

  test('says so when there is nothing to regularize', () => {
    expect(() => regularizer('group-lasso')([b])).toThrow(
      /"group-lasso" needs at least one trainable dense/,
    );
  });
});

/** Where an element of PyTorch's [3, 2, 2, 2] lies in our [2, 2, 2, 3]. */
function flat(index: number): number {
  const [out, channel, pixel] = [Math.floor(index / 8), Math.floor(index / 4) % 2, index % 4];
  return (pixel * 2 + channel) * 3 + out;
}
