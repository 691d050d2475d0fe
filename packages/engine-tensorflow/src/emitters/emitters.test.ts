import { describe, expect, test } from '@jest/globals';
import { primitives } from '@pare/graph';
import { emittersFor } from './emitters.ts';

const sources = ['input', 'variable'];

describe('emitters', () => {
  test.each(['cpu', 'gpu'] as const)(
    'there is one on a %s for every primitive that can reach an engine, and none for anything else',
    (device) => {
      const reachable = [...primitives.values()]
        .filter((op) => !op.lower && !op.instantiate)
        .map((op) => op.name);
      expect([...emittersFor(device).keys()].sort()).toEqual(
        reachable.filter((name) => !sources.includes(name)).sort(),
      );
    },
  );
});
