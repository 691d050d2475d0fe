import { expect, test } from '@jest/globals';
import { sharedNorm } from '../testing/shared-norm.ts';
import { normPlaces } from './norm-places.ts';

test('a batch norm that two layers share is refused', () => {
  expect(() => normPlaces(sharedNorm())).toThrow(
    /"lec" needs batch norms with scale, shift and running statistics of their own; "shared" has one/,
  );
});
