import { expect, test } from '@jest/globals';
import { sharedNorm } from '../testing/shared-norm.ts';
import { normPlaces } from './norm-places.ts';

test.each(['all', 'statistics'] as const)('batch norms that share %s are refused', (shared) => {
  expect(() => normPlaces(sharedNorm(shared))).toThrow(
    /"lec" needs batch norms with scale, shift and running statistics of their own; "shared" has one/,
  );
});
