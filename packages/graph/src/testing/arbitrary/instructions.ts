import fc from 'fast-check';
import { stepCount } from './random-graph.ts';
import type { Instruction } from './random-graph.ts';

/** Instructions of small random graphs. */
export const instructions = (kind: keyof typeof stepCount): fc.Arbitrary<Instruction[]> =>
  fc.array(
    fc.tuple(fc.nat({ max: stepCount[kind] - 1 }), fc.nat({ max: 20 }), fc.nat({ max: 20 })),
    { minLength: 1, maxLength: 12 },
  );
