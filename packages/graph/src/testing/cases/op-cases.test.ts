import { describe, expect, test } from '@jest/globals';
import { toTensorData } from '../../ops/constant.ts';
import { primitives } from '../../ops/primitives.ts';
import { differenceOf } from '../difference.ts';
import { evaluate } from '../evaluate.ts';
import { gradientDifference } from '../gradient-difference.ts';
import { opCases } from './op-cases.ts';
import { smallTrainingStep } from './small-training-step.ts';

/** Ops that have neither a gradient rule nor a derivative that is zero everywhere, and why. */
const withoutGradient: Readonly<Record<string, string>> = {
  adamUpdate: 'an optimizer step is the end of a program',
  momentumUpdate: 'an optimizer step is the end of a program',
  batchNorm: 'replaced before a program is closed',
  groupNorm: 'replaced before a program is closed',
  instanceNorm: 'replaced before a program is closed',
  dropout: 'replaced before a program is closed',
  batchNormGradient: 'one fused kernel on every engine; no method needs its derivative',
  maxPoolGradient: 'one fused kernel on every engine; no method needs its derivative',
};

/** Ops that never reach a program, so that no case can hold them. */
const never = [...primitives.values()]
  .filter((op) => op.instantiate ?? op.lower)
  .map((op) => op.name);

const covered = new Set(opCases.flatMap((c) => c.ops));
const checked = new Set(opCases.filter((c) => c.differentiated).flatMap((c) => c.ops));
/** Checked in gradients.test.ts, where what finite differences cannot see is compared with what is meant. */
const meant = ['stopGradient', 'replaceGradient'];

describe('op cases', () => {
  test('have unique names', () => {
    expect(new Set(opCases.map((c) => c.name)).size).toBe(opCases.length);
  });

  test.each([...primitives.keys()])('cover %s', (name) => {
    expect(covered).toContain(name);
  });

  test.each([...opCases, smallTrainingStep()])(
    '$name holds the ops it is about',
    ({ ops, program }) => {
      const present = program.nodes.map((node) => node.op.name);
      expect(present).toEqual(expect.arrayContaining(ops.filter((op) => !never.includes(op))));
    },
  );

  test.each(opCases)(
    '$name: values are finite or meant not to be',
    ({ name, program, feeds, variables }) => {
      const { outputs } = evaluate(program, feeds, variables);
      const finite = Object.values(outputs).every(({ data }) =>
        data.every((v) => Number.isFinite(v)),
      );
      expect(finite).toBe(!/as outputs/.test(name));
      for (const output of Object.values(outputs)) {
        const data = toTensorData(output.data, output.dtype);
        expect(differenceOf({ ...output, data }, output)).toBeUndefined();
      }
    },
  );
});

describe('gradients agree with finite differences', () => {
  test.each([...primitives.values()].map((op) => [op.name, op] as const))(
    '%s is checked, or has none for a reason',
    (name, op) => {
      if (op.stopsGradient || meant.includes(name)) return;
      if (op.gradient) expect(checked).toContain(name);
      else expect(Object.keys(withoutGradient)).toContain(name);
    },
  );

  test('no reason is given for an op that has a gradient', () => {
    for (const name of Object.keys(withoutGradient))
      expect(primitives.get(name)?.gradient).toBeUndefined();
  });

  test.each(opCases.filter((c) => c.differentiated))(
    '$name',
    ({ differentiated, feeds, variables }) => {
      expect(gradientDifference({ ...differentiated!, feeds, variables })).toBeUndefined();
    },
  );
});
