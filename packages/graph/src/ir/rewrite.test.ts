import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { add } from '../ops/add.ts';
import { constant, scalar } from '../ops/constant.ts';
import { input } from '../ops/input.ts';
import { momentumUpdate } from '../ops/momentum-update.ts';
import { mul } from '../ops/mul.ts';
import { neg } from '../ops/neg.ts';
import { pad } from '../ops/pad.ts';
import { sub } from '../ops/sub.ts';
import { sum } from '../ops/sum.ts';
import { maxPoolOp } from '../ops/max-pool.ts';
import { variable } from '../ops/variable.ts';
import { program } from '../program/program.ts';
import { instructions } from '../testing/arbitrary/instructions.ts';
import { graphFrom, randomGraphVariables } from '../testing/arbitrary/random-graph.ts';
import { evaluate } from '../testing/evaluate.ts';
import { applySingle } from './apply-op.ts';
import { rewrite } from './rewrite.ts';
import { shareEqualNodes } from './share-equal-nodes.ts';
import { topologicalOrder } from './topological-order.ts';
import type { Program } from '../program/program.ts';
import type { Value } from './value.ts';

const share = (...values: Value[]): Value[] => rewrite(values, shareEqualNodes());

/** The program with the nodes that were written, nothing merged. */
function unshared(y: Value): Program {
  const lowered = rewrite([y], (node, inputs) =>
    node.op.lower?.({ node, inputs, outputs: node.outputs }),
  );
  const closed = program({ outputs: { y } });
  return { ...closed, outputs: new Map([['y', lowered[0]!]]), nodes: topologicalOrder(lowered) };
}

describe('topologicalOrder', () => {
  test('puts inputs before users and each node once', () => {
    fc.assert(
      fc.property(instructions('all'), (list) => {
        const order = topologicalOrder([graphFrom(list).y]);
        expect(new Set(order).size).toBe(order.length);
        order.forEach((node, i) => {
          for (const { node: source } of node.inputs) expect(order.indexOf(source)).toBeLessThan(i);
        });
      }),
    );
  });

  test('takes a chain of 20,000 nodes', () => {
    let y: Value = scalar(1);
    for (let i = 0; i < 20000; i++) y = neg(y);
    expect(topologicalOrder([y])).toHaveLength(20001);
  });
});

describe('rewrite', () => {
  test('without a change gives back the same values', () => {
    fc.assert(
      fc.property(instructions('all'), (list) => {
        const { y } = graphFrom(list);
        expect(rewrite([y], () => undefined)[0]).toBe(y);
      }),
    );
  });

  test('infers shapes anew behind a replaced value and shares the rest', () => {
    const [x, kept] = [input('x', ['batch', 4]), neg(variable('w', [1]))];
    const y = sum(add(mul(x, 2), kept), 0);
    const wide = input('wide', ['batch', 6]);
    const [z] = rewrite([y], (node) => (node === x.node ? [wide] : undefined));
    expect(z!.shape).toEqual([6]);
    expect(topologicalOrder([z!])).toContain(kept.node);
    expect(y.shape).toEqual([4]);
  });
});

describe('equal nodes', () => {
  test('are merged, whoever wrote them', () => {
    fc.assert(
      fc.property(instructions('all'), (list) => {
        const [a, b] = share(graphFrom(list).y, graphFrom(list).y);
        expect(a).toBe(b);
      }),
    );
  });

  test('become one node, not two', () => {
    const x = variable('x', [2]);
    const y = sub(mul(x, x), mul(x, x));
    expect(topologicalOrder([y])).toHaveLength(4);
    expect(topologicalOrder(share(y))).toHaveLength(3);
  });

  test('merging changes no value', () => {
    fc.assert(
      fc.property(instructions('all'), (list) => {
        const { y } = graphFrom([...list, ...list]);
        const before = evaluate(unshared(y), {}, randomGraphVariables).outputs.y;
        expect(evaluate(program({ outputs: { y } }), {}, randomGraphVariables).outputs.y).toEqual(
          before,
        );
      }),
    );
  });

  test('are not merged where an attribute, an input order or a type differs', () => {
    const [x, w] = [variable('x', [2]), variable('w', [2])];
    const distinct = (a: Value, b: Value) => {
      const [p, q] = share(a, b);
      expect(p).not.toBe(q);
    };
    distinct(sub(x, w), sub(w, x));
    distinct(sum(x, 0), sum(x, 0, { keepDims: true }));
    distinct(constant([1], [1]), constant([1], [1], 'int32'));
    distinct(constant([1, 1], [2]), constant([1, 1], [2, 1]));
    distinct(constant([0]), constant([-0]));
    distinct(constant([NaN]), constant([Infinity]));
    distinct(pad(x, [[1, 1]], Infinity), pad(x, [[1, 1]], -Infinity));
    distinct(pad(x, [[1, 1]], 0), pad(x, [[1, 1]], -0));
    distinct(input('a', [2]), input('b', [2]));
    const step = momentumUpdate(x, w, w, scalar(0.1), { momentum: 0.9, nesterov: false });
    distinct(neg(step.weight), neg(step.buffer));
  });

  test('are merged whatever order their attributes were written in', () => {
    const x = variable('x', [1, 3, 3, 1]);
    const window = { strides: [2, 2], size: [2, 2] };
    const [a, b] = share(
      applySingle(maxPoolOp, [x], window),
      applySingle(maxPoolOp, [x], { size: window.size, strides: window.strides }),
    );
    expect(a).toBe(b);
  });

  test('are merged only up to 1 kB of constants; larger ones count as different', () => {
    const copies = (length: number) =>
      share(...[0, 1].map(() => constant(new Float32Array(length))));
    expect(new Set(copies(256)).size).toBe(1);
    expect(new Set(copies(257)).size).toBe(2);
  });
});
