import { describe, expect, test } from '@jest/globals';
import { primitives } from '@pare/graph';
import { emitters } from './emitters.ts';

const sources = ['input', 'variable'];

describe('emitters', () => {
  test('there is one for every primitive that can reach an engine, and none for anything else', () => {
    const reachable = [...primitives.values()]
      .filter((op) => !op.lower && !op.instantiate)
      .map((op) => op.name);
    expect([...emitters.keys()].sort()).toEqual(
      reachable.filter((name) => !sources.includes(name)).sort(),
    );
  });
});
