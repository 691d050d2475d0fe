import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { byCodePoint } from './code-point-order.ts';

const names = fc.string({ unit: 'binary', maxLength: 6 });

test('names are ordered as their bytes in UTF-8 are, which is the order of code points', () => {
  fc.assert(
    fc.property(names, names, (a, b) => {
      expect(Math.sign(byCodePoint(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }),
  );
});

test('characters above U+FFFF come last, unlike in the order of sort() itself', () => {
  const sorted = ['\u{1f408}', '\uff43', 'c'].sort(byCodePoint);
  expect(sorted).toEqual(['c', '\uff43', '\u{1f408}']);
  expect([...sorted].sort()).not.toEqual(sorted);
});
