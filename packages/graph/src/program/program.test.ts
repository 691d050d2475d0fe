import { describe, expect, test } from '@jest/globals';
import { add } from '../ops/add.ts';
import { batchNorm } from '../ops/batch-norm.ts';
import { constant } from '../ops/constant.ts';
import { dimValue } from '../ops/dim-value.ts';
import { dropout } from '../ops/dropout.ts';
import { flatten } from '../ops/flatten.ts';
import { dimensionInput, input } from '../ops/input.ts';
import { mul } from '../ops/mul.ts';
import { pad } from '../ops/pad.ts';
import { range } from '../ops/range.ts';
import { slice } from '../ops/slice.ts';
import { sum } from '../ops/sum.ts';
import { variable } from '../ops/variable.ts';
import { program } from './program.ts';
import { resolveSymbols } from './resolve-symbols.ts';

describe('program', () => {
  test('collects inputs, variables and outputs by name', () => {
    const [x, w] = [input('x', ['batch', 3]), variable('w', [3])];
    const p = program({ outputs: { y: mul(x, w), total: sum(w) } });
    expect([...p.inputs.keys()]).toEqual(['x']);
    expect([...p.variables.keys()]).toEqual(['w']);
    expect([...p.outputs.keys()]).toEqual(['y', 'total']);
    expect(p.outputs.get('y')!.shape).toEqual(['batch', 3]);
  });

  test('holds no op that only steers differentiation or shape inference', () => {
    const x = input('x', ['batch', 2, 2, 3]);
    const p = program({ outputs: { y: flatten(x) } });
    expect(p.nodes.map((node) => node.op.name)).toEqual(['input', 'reshape']);
  });

  test('computes equal things once', () => {
    const x = input('x', [2]);
    const p = program({ outputs: { a: mul(x, 2), b: mul(x, 2) } });
    expect(p.outputs.get('a')).toBe(p.outputs.get('b'));
    expect(p.nodes).toHaveLength(3);
  });

  test('takes an input written twice in the same way for one', () => {
    const p = program({ outputs: { y: add(input('x', [2]), mul(input('x', [2]), 2)) } });
    expect(p.inputs.size).toBe(1);
  });

  test('has the inputs it is told to have, read or not', () => {
    const p = program({ inputs: [input('unused', [1])], outputs: { y: constant([1]) } });
    expect([...p.inputs.keys()]).toEqual(['unused']);
  });
});

describe('symbols', () => {
  test('come from an axis of an input', () => {
    const p = program({ outputs: { y: sum(input('x', [3, 'batch'])) } });
    expect(p.symbols.get('batch')).toEqual({ input: 'x', axis: 1 });
  });

  test('come from a dimension input before an axis', () => {
    const x = input('x', ['width']);
    const p = program({ inputs: [dimensionInput('width', 'w')], outputs: { y: sum(x) } });
    expect(p.symbols.get('width')).toEqual({ input: 'w', axis: undefined });
  });

  test.each([
    ['slice', () => slice(variable('w', [4]), [0], ['k'])],
    ['slice', () => slice(variable('w', [4]), ['k'], [2])],
    ['pad', () => sum(pad(variable('w', [4]), [[0, 'k']]))],
    ['range', () => range('2*k+1')],
    ['dimValue', () => dimValue('batch*k')],
  ])('without a source are an error that names %s', (op, build) => {
    const batch = input('x', ['batch']);
    const make = () => program({ inputs: [batch], outputs: { y: build() } });
    expect(make).toThrow(
      `program: no input gives the dimension "k" that "${op}" needs. Add an input with that axis, or dimensionInput("k").`,
    );
    expect(() =>
      program({ inputs: [batch, dimensionInput('k')], outputs: { y: build() } }),
    ).not.toThrow();
  });
});

describe('program refuses', () => {
  test('two inputs or variables with one name', () => {
    expect(() => program({ outputs: { y: add(input('x', [2]), sum(input('x', [3]))) } })).toThrow(
      'program: two inputs are named "x": [2] float32 and [3] float32.',
    );
    expect(() =>
      program({ outputs: { a: variable('w', [2]), b: variable('w', [2], 'int32') } }),
    ).toThrow('program: two variables are named "w": [2] float32 and [2] int32.');
  });

  test('ops that depend on the mode', () => {
    const x = input('x', ['batch', 1, 1, 2]);
    const vector = variable('v', [2]);
    const message = (op: string) =>
      `program: "${op}" depends on the mode; use instantiate(network, { mode }) first.`;
    expect(() => program({ outputs: { y: dropout(x, 0.5) } })).toThrow(message('dropout'));
    expect(() => program({ outputs: { y: batchNorm(x, vector, vector, vector, vector) } })).toThrow(
      message('batchNorm'),
    );
  });

  test('updates of something else than a variable', () => {
    const x = input('x', [2]);
    expect(() => program({ outputs: {}, updates: [{ variable: x, value: x }] })).toThrow(
      'program: only variables can be updated; received the output of "input".',
    );
  });

  test('two updates of one variable', () => {
    const w = variable('w', [2]);
    const update = { variable: w, value: mul(w, 2) };
    expect(() => program({ outputs: {}, updates: [update, update] })).toThrow(
      'program: variable "w" is updated twice.',
    );
    const twin = { variable: variable('w', [2]), value: w };
    expect(() => program({ outputs: {}, updates: [update, twin] })).toThrow(
      'program: variable "w" is updated twice.',
    );
  });

  test('a new value of another shape or type', () => {
    const w = variable('w', [2]);
    expect(() => program({ outputs: {}, updates: [{ variable: w, value: sum(w) }] })).toThrow(
      'program: variable "w" is float32 [2]; its new value is float32 [].',
    );
    expect(() => program({ outputs: {}, updates: [{ variable: w, value: range(2) }] })).toThrow(
      'its new value is int32 [2].',
    );
  });
});

describe('resolveSymbols', () => {
  const p = program({
    inputs: [dimensionInput('k')],
    outputs: { y: add(sum(input('x', ['batch', 2])), sum(input('z', ['2*k', 'batch']))) },
  });
  const feeds = (x: number[], z: number[], k = 3) =>
    new Map([
      ['x', { shape: x, data: [] }],
      ['z', { shape: z, data: [] }],
      ['k', { shape: [], data: [k] }],
    ]);

  test('reads shapes and dimension inputs', () => {
    expect(resolveSymbols(p, feeds([5, 2], [6, 5]))).toEqual(
      new Map([
        ['k', 3],
        ['batch', 5],
      ]),
    );
  });

  test.each([
    ['a number that differs', [5, 3], [6, 5], 'Input "x" must be [batch, 2]; received [5, 3].'],
    [
      'a symbol with two values',
      [5, 2],
      [6, 4],
      'Input "z" must be [2*k, batch]; received [6, 4].',
    ],
    [
      'an expression that does not hold',
      [5, 2],
      [7, 5],
      'Input "z" must be [2*k, batch]; received [7, 5].',
    ],
    ['another rank', [5], [6, 5], 'Input "x" must be [batch, 2]; received [5].'],
  ])('refuses %s', (_, x, z, message) => {
    expect(() => resolveSymbols(p, feeds(x, z))).toThrow(message);
  });

  test.each([-1, 2.5, NaN])('refuses %s as a dimension', (k) => {
    expect(() => resolveSymbols(p, feeds([5, 2], [6, 5], k))).toThrow(
      `Input "k" gives the dimension "k": expected a whole number from 0; received ${k}.`,
    );
  });

  test('refuses missing and unknown feeds', () => {
    const all = feeds([5, 2], [6, 5]);
    expect(() => resolveSymbols(p, new Map([...all, ['q', { shape: [], data: [0] }]]))).toThrow(
      /The program has no input "q"; it has: [xzk], [xzk], [xzk]\./,
    );
    all.delete('x');
    expect(() => resolveSymbols(p, all)).toThrow(
      'Input "x" was not fed; expected float32 [batch, 2].',
    );
  });
});
