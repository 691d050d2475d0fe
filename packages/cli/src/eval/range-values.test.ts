import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { rangeValues } from './range-values.ts';

describe('rangeValues', () => {
  test.each([
    ['0.25:1:0.25', [0.25, 0.5, 0.75, 1]],
    ['0.1:0.7:0.1', [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]],
    ['1:0.25:0.25', [1, 0.75, 0.5, 0.25]],
    // An end that no step meets is there too.
    ['0:1:0.4', [0, 0.4, 0.8, 1]],
    ['3:8:1', [3, 4, 5, 6, 7, 8]],
    ['0.5:0.5:0.1', [0.5]],
    ['0.25,0.5, 1', [0.25, 0.5, 1]],
    ['0.3', [0.3]],
  ])('%s', (text, values) => {
    expect(rangeValues(text, '--grid')).toEqual(values);
  });

  test('both ends are there, in steps no longer than asked, however they are written', () => {
    const tenths = fc.integer({ min: 0, max: 50 });
    fc.assert(
      fc.property(tenths, tenths, fc.integer({ min: 1, max: 20 }), (a, b, s) => {
        const [from, to, step] = [a / 10, b / 10, s / 10];
        const values = rangeValues(`${from}:${to}:${step}`, '--grid');
        expect([values[0], values.at(-1)]).toEqual([from, to]);
        expect(values).toHaveLength(Math.ceil(Math.abs(b - a) / s) + 1);
        for (let i = 1; i < values.length; i++) {
          expect(Math.abs(values[i]! - values[i - 1]!)).toBeLessThan(step + 1e-9);
        }
      }),
    );
  });

  test.each([
    ['0:1', 'expected from:to:step with a step above 0; received "0:1"'],
    ['0:1:0', 'with a step above 0'],
    ['0:1:-0.1', 'with a step above 0'],
    ['0:1:0.1:2', 'expected from:to:step'],
    ['0:1:0.0001', 'more than 1000 settings'],
    ['a,b', '"a" is no number'],
    ['0.5,', '"" is no number'],
    ['0:Infinity:1', '"Infinity" is no number'],
  ])('%s is wrong usage', (text, message) => {
    expect(() => rangeValues(text, '--grid x')).toThrow(
      expect.objectContaining({
        code: 'USAGE',
        message: expect.stringMatching(/^--grid x: /),
      }),
    );
    expect(() => rangeValues(text, '--grid x')).toThrow(message);
  });
});
