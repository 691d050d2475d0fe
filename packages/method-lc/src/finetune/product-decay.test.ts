import { describe, expect, test } from '@jest/globals';
import { gradients, program, variable, zeros } from '@pare/graph';
import { evaluate } from '@pare/graph/testing';
import { oracleNumbers } from '../testing/oracle-numbers.ts';
import { squaredProducts } from './product-decay.ts';
import type { Parameter, ParameterLayout } from '@pare/graph';

const parameter = (name: string, shape: readonly number[], layout: ParameterLayout): Parameter => ({
  name,
  layer: name,
  role: 'weight',
  layout,
  trainable: true,
  shape,
  initializer: zeros,
  groups: 1,
  flattened: undefined,
  variable: variable(name, shape),
});

const sizeOf = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);

/** ‖U·V‖² from the definition: sum over the rank for every pair of an outer index of either kernel. */
function byDefinition(first: Parameter, second: Parameter, a: Float32Array, b: Float32Array) {
  const rank = first.shape.at(-1)!;
  const out = second.shape.at(-1)!;
  const rows = sizeOf(first.shape) / rank;
  const places = sizeOf(second.shape) / (rank * out);
  let total = 0;
  for (let i = 0; i < rows; i++) {
    for (let p = 0; p < places; p++) {
      for (let o = 0; o < out; o++) {
        let product = 0;
        for (let r = 0; r < rank; r++) product += a[i * rank + r]! * b[(p * rank + r) * out + o]!;
        total += product ** 2;
      }
    }
  }
  return total;
}

describe('the decay of a product', () => {
  test.each<[string, readonly number[], readonly number[], ParameterLayout]>([
    ['a dense layer', [6, 2], [2, 5], 'io'],
    ['a convolution and one of 1 x 1', [3, 3, 4, 2], [1, 1, 2, 5], 'hwio'],
    ['a convolution of a row and one of a column', [1, 3, 4, 2], [3, 1, 2, 5], 'hwio'],
  ])('of %s is ‖U·V‖²', async (_, firstShape, secondShape, layout) => {
    const first = parameter('first', firstShape, layout);
    const second = parameter('second', secondShape, layout);
    const a = oracleNumbers(3, sizeOf(firstShape));
    const b = oracleNumbers(4, sizeOf(secondShape));
    const parameters = new Map([first, second].map((each) => [each.name, each]));
    const value = squaredProducts([['first', 'second']], parameters)!;
    const [slope] = gradients(value, [first.variable]);
    const variables = new Map([
      ['first', { dtype: 'float32' as const, shape: firstShape, data: a }],
      ['second', { dtype: 'float32' as const, shape: secondShape, data: b }],
    ]);
    const { outputs } = await Promise.resolve(
      evaluate(program({ outputs: { value, slope: slope! } }), {}, variables),
    );
    const expected = byDefinition(first, second, a, b);
    expect(outputs.value!.data[0]! / expected).toBeCloseTo(1, 5);
    const moved = a.slice();
    moved[3]! += 1e-2;
    const more = byDefinition(first, second, moved, b);
    moved[3]! -= 2e-2;
    const less = byDefinition(first, second, moved, b);
    expect(outputs.slope!.data[3]! / ((more - less) / 2e-2)).toBeCloseTo(1, 3);
  });

  test('is none where there is no product', () => {
    expect(squaredProducts([], new Map())).toBeUndefined();
  });
});
