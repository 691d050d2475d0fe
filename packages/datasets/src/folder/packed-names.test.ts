import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { PackedNames } from './packed-names.ts';

test('packed names are the names', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' })), (names) => {
      const packed = new PackedNames(names);
      expect(packed.count).toBe(names.length);
      expect(names.map((_, i) => packed.at(i))).toEqual(names);
    }),
  );
});
