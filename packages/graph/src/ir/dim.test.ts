import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  addDims,
  evaluateDim,
  multiplyDims,
  sizeOf,
  subtractDims,
  symbolsOf,
  termsOf,
} from './dim.ts';
import type { Dim } from './dim.ts';

const leaf: fc.Arbitrary<Dim> = fc.oneof(
  fc.integer({ min: -9, max: 9 }),
  fc.constantFrom('batch', 'height', 'width'),
);
const dims: fc.Arbitrary<Dim> = fc
  .tuple(leaf, leaf, leaf, leaf)
  .map(([a, b, c, d]) => addDims(multiplyDims(a, b), subtractDims(c, d)));
const bindings = fc
  .tuple(
    ...['batch', 'height', 'width'].map((s) =>
      fc.tuple(fc.constant(s), fc.integer({ min: 0, max: 50 })),
    ),
  )
  .map((entries) => new Map(entries));

describe('dimensions', () => {
  test('have one text for one polynomial', () => {
    expect(addDims('b', addDims('a', 3))).toBe('a+b+3');
    expect(addDims(addDims(3, 'a'), 'b')).toBe('a+b+3');
    expect(multiplyDims('width', multiplyDims(2, 'batch'))).toBe('2*batch*width');
    expect(multiplyDims(addDims('a', 1), subtractDims('a', 1))).toBe('a*a-1');
    expect(subtractDims(6, 'k')).toBe('-k+6');
  });

  test('become numbers where the symbols cancel', () => {
    expect(subtractDims(addDims('a', 5), 'a')).toBe(5);
    expect(multiplyDims(0, 'a')).toBe(0);
    expect(subtractDims('a', 'a')).toBe(0);
  });

  test('zero has one form', () => {
    expect(multiplyDims(0, -1)).toBe(0);
    expect(multiplyDims('batch', 0)).toBe(0);
    expect(addDims('batch', multiplyDims(-1, 'batch'))).toBe(0);
  });

  test('addition and multiplication are commutative and associative, and distribute', () => {
    fc.assert(
      fc.property(dims, dims, dims, (a, b, c) => {
        expect(addDims(a, b)).toBe(addDims(b, a));
        expect(multiplyDims(a, b)).toBe(multiplyDims(b, a));
        expect(addDims(a, addDims(b, c))).toBe(addDims(addDims(a, b), c));
        expect(multiplyDims(a, multiplyDims(b, c))).toBe(multiplyDims(multiplyDims(a, b), c));
        expect(multiplyDims(a, addDims(b, c))).toBe(
          addDims(multiplyDims(a, b), multiplyDims(a, c)),
        );
      }),
    );
  });

  test('0 and 1 are neutral and a - b + b is a', () => {
    fc.assert(
      fc.property(dims, dims, (a, b) => {
        expect(addDims(a, 0)).toBe(a);
        expect(multiplyDims(a, 1)).toBe(a);
        expect(addDims(subtractDims(a, b), b)).toBe(a);
      }),
    );
  });

  test('values agree with arithmetic on numbers', () => {
    fc.assert(
      fc.property(dims, dims, bindings, (a, b, at) => {
        const [x, y] = [evaluateDim(a, at), evaluateDim(b, at)];
        expect(evaluateDim(addDims(a, b), at)).toBe(x + y);
        expect(evaluateDim(subtractDims(a, b), at)).toBe(x - y);
        expect(evaluateDim(multiplyDims(a, b), at) === x * y).toBe(true);
      }),
    );
  });

  test('terms add up to the dimension', () => {
    fc.assert(
      fc.property(dims, (dim) => {
        const terms = termsOf(dim).map(({ symbols, coefficient }) =>
          symbols.reduce<Dim>(multiplyDims, coefficient),
        );
        expect(terms.reduce<Dim>(addDims, 0)).toBe(dim);
      }),
    );
  });

  test('symbols and sizes', () => {
    expect(symbolsOf(addDims(multiplyDims('b', 'a'), 'a'))).toEqual(['a', 'b']);
    expect(symbolsOf(7)).toEqual([]);
    expect(sizeOf([])).toBe(1);
    expect(sizeOf(['batch', 2, 3])).toBe('6*batch');
  });

  test('an unknown symbol is named together with the known ones', () => {
    expect(() => evaluateDim('2*k', new Map([['batch', 1]]))).toThrow(
      'Dimension "2*k" needs a value for "k"; known: batch.',
    );
  });

  test('text that is no sum of products is refused', () => {
    expect(() => addDims('a/2', 1)).toThrow(
      'Dimension "a/2" is not a number or a sum of products of symbols.',
    );
  });
});
