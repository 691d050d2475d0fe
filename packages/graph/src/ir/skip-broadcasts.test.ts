import { describe, expect, test } from '@jest/globals';
import { gradients } from '../autodiff/gradients.ts';
import { mean } from '../composites/mean.ts';
import { add } from '../ops/add.ts';
import { broadcastTo } from '../ops/broadcast-to.ts';
import { scalar } from '../ops/constant.ts';
import { mul } from '../ops/mul.ts';
import { neg } from '../ops/neg.ts';
import { relu } from '../ops/relu.ts';
import { square } from '../ops/square.ts';
import { variable } from '../ops/variable.ts';
import { program } from '../program/program.ts';
import { evaluate } from '../testing/evaluate.ts';
import { sizeOf } from './dim.ts';
import type { Value } from './value.ts';

const w = variable('w', [2, 3]);
const data = Float32Array.of(1, -2, 3, -4, 5, 6);
const variables = new Map([['w', { dtype: 'float32' as const, shape: [2, 3], data }]]);
const opsOf = (y: Value) => program({ outputs: { y } }).nodes.map((node) => node.op.name);
const valuesOf = (y: Value) => [
  ...evaluate(program({ outputs: { y } }), {}, variables).outputs.y!.data,
];

describe('skipBroadcasts', () => {
  test('an operand that the op repeats itself is not repeated before', () => {
    const y = mul(w, broadcastTo(scalar(2), [2, 3]));
    expect(opsOf(y)).not.toContain('broadcastTo');
    expect(valuesOf(y)).toEqual([2, -4, 6, -8, 10, 12]);
  });

  test('the gradient of a mean of squares has no full-size copy of a scalar', () => {
    const [gradient] = gradients(mean(square(w)), [w]);
    expect(opsOf(gradient!)).not.toContain('broadcastTo');
    expect(valuesOf(gradient!).map((v) => Math.round(v * 3))).toEqual([1, -2, 3, -4, 5, 6]);
  });

  test('the shape of the result is kept where both operands are repeated', () => {
    const y = add(broadcastTo(scalar(1), [2, 3]), broadcastTo(scalar(2), [2, 3]));
    expect(program({ outputs: { y } }).outputs.get('y')!.shape).toEqual([2, 3]);
    expect(valuesOf(y)).toEqual([3, 3, 3, 3, 3, 3]);
  });

  test('what follows repeated operands is computed once and repeated at the end', () => {
    const y = mul(neg(mul(broadcastTo(scalar(3), [2, 3]), broadcastTo(scalar(2), [2, 3]))), w);
    const { nodes } = program({ outputs: { y } });
    const repeated = nodes.filter(({ op }) => op.name === 'mul' || op.name === 'neg');
    expect(repeated.map(({ outputs: [value] }) => value!.shape)).toEqual([[], [], [2, 3]]);
    expect(valuesOf(y)).toEqual([-6, 12, -18, 24, -30, -36]);
  });

  test('the gradient of a mean of squares is one pass over the elements', () => {
    const [gradient] = gradients(mean(square(w)), [w]);
    const passes = program({ outputs: { gradient: gradient! } }).nodes.filter(
      ({ op, outputs: [value] }) => op.name !== 'variable' && sizeOf(value!.shape) === 6,
    );
    expect(passes.map(({ op }) => op.name)).toEqual(['mul']);
  });

  test('the gradient of relu, which does not repeat its operands, keeps its broadcast', () => {
    const [gradient] = gradients(mean(relu(w)), [w]);
    expect(opsOf(gradient!)).toContain('broadcastTo');
  });
});
