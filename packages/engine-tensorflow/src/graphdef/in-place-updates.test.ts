import { describe, expect, test } from '@jest/globals';
import { add, input, momentumUpdate, mul, program, variable } from '@pare/graph';
import { inPlaceUpdates } from './in-place-updates.ts';

function step() {
  const weight = variable('w', [2]);
  const buffer = variable('m', [2]);
  const next = momentumUpdate(weight, buffer, input('g', [2]), input('lr', []), {
    momentum: 0.9,
    nesterov: false,
  });
  return { weight, buffer, next };
}

describe('inPlaceUpdates', () => {
  test('takes an optimizer step whose results go straight back', () => {
    const { weight, buffer, next } = step();
    const updates = [
      { variable: weight, value: next.weight },
      { variable: buffer, value: next.buffer },
    ];
    const { inPlace, others } = inPlaceUpdates(program({ outputs: {}, updates }));
    expect(inPlace).toHaveLength(1);
    expect(others).toHaveLength(0);
  });

  test('leaves a step whose new weight is projected first', () => {
    const { weight, buffer, next } = step();
    const updates = [
      { variable: weight, value: mul(next.weight, 0.5) },
      { variable: buffer, value: next.buffer },
    ];
    expect(inPlaceUpdates(program({ outputs: {}, updates })).inPlace).toHaveLength(0);
  });

  test('leaves a step whose result is also an output', () => {
    const { weight, buffer, next } = step();
    const updates = [
      { variable: weight, value: next.weight },
      { variable: buffer, value: next.buffer },
    ];
    const { inPlace, others } = inPlaceUpdates(
      program({ outputs: { y: add(next.weight, 1) }, updates }),
    );
    expect(inPlace).toHaveLength(0);
    expect(others).toHaveLength(2);
  });
});
