import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { add } from '../ops/add.ts';
import { constant } from '../ops/constant.ts';
import { conv2d } from '../ops/conv2d.ts';
import { input } from '../ops/input.ts';
import { mul } from '../ops/mul.ts';
import { pad } from '../ops/pad.ts';
import { topK } from '../ops/top-k.ts';
import { variable } from '../ops/variable.ts';
import { program } from '../program/program.ts';
import { instructions } from '../testing/arbitrary/instructions.ts';
import { graphFrom, randomGraphVariables } from '../testing/arbitrary/random-graph.ts';
import { opCases } from '../testing/cases/op-cases.ts';
import { evaluate } from '../testing/evaluate.ts';
import { graphFromJson, graphToJson } from './graph-json.ts';
import { printGraph } from './print-graph.ts';
import type { Value } from '../ir/value.ts';
import type { GraphJson } from './graph-json.ts';

const text = (outputs: Record<string, Value>) => JSON.stringify(graphToJson(outputs));
const read = (json: string) => graphFromJson(JSON.parse(json) as GraphJson);

describe('a graph written and read', () => {
  test.each(opCases)('has the same text: $name', ({ program: { outputs } }) => {
    const written = text(Object.fromEntries(outputs));
    expect(text(read(written))).toBe(written);
  });

  test.each(
    opCases.filter(
      (c) => c.program.updates.length === 0 && !/run-time|range|dimValue/.test(c.name),
    ),
  )('has the same values: $name', (c) => {
    const copy = program({
      inputs: [...c.program.inputs.values()],
      outputs: read(text(Object.fromEntries(c.program.outputs))),
    });
    const expected = evaluate(c.program, c.feeds, c.variables).outputs;
    expect(evaluate(copy, c.feeds, c.variables).outputs).toEqual(expected);
  });

  test('random graphs keep text and values', () => {
    fc.assert(
      fc.property(instructions('all'), (list) => {
        const { y } = graphFrom(list);
        const copy = read(text({ y }));
        expect(text(copy)).toBe(text({ y }));
        const values = (v: Value) =>
          evaluate(program({ outputs: { y: v } }), {}, randomGraphVariables).outputs.y;
        expect(values(copy.y!)).toEqual(values(y));
      }),
      { numRuns: 40 },
    );
  });

  test('constants keep NaN, infinities, -0, the smallest and the largest numbers bit by bit', () => {
    const numbers = Float32Array.of(NaN, Infinity, -Infinity, -0, 0, 1e-45, 3.4028234663852886e38);
    const { y } = read(text({ y: constant(numbers) }));
    const data = y!.node.attributes.data as Float32Array;
    expect(data).toBeInstanceOf(Float32Array);
    expect(Array.from(data).every((value, i) => Object.is(value, numbers[i]))).toBe(true);
    const integers = read(text({ y: constant([-(2 ** 31), 2 ** 31 - 1], [2], 'int32') })).y!;
    expect(integers.node.attributes.data).toEqual(Int32Array.of(-(2 ** 31), 2 ** 31 - 1));
    expect(read(text({ y: constant([1, 0], [2], 'bool') })).y!.node.attributes.data).toEqual(
      Uint8Array.of(1, 0),
    );
  });

  test.each([Infinity, -Infinity, NaN, -0])('attributes keep %s', (value) => {
    const { y } = read(text({ y: pad(variable('w', [1]), [[1, 1]], value) }));
    expect(y!.node.attributes.value).toBe(value);
  });

  test('the order in which attributes were written does not matter', () => {
    const x = input('x', [1, 3, 3, 1]);
    const json = graphToJson({ y: conv2d(x, variable('f', [2, 2, 1, 1])) });
    expect(Object.keys(json.nodes[2]!.attributes!)).toEqual([
      'dilations',
      'groups',
      'pads',
      'strides',
    ]);
  });

  test('shared nodes stay shared', () => {
    const x = mul(input('x', [2]), 3);
    const { y } = read(text({ y: add(x, x) }));
    expect(y!.node.inputs[0]).toBe(y!.node.inputs[1]);
  });
});

describe('reading refuses', () => {
  const good = graphToJson({ y: mul(input('x', [2]), 2) });
  const broken = (change: object) => () => graphFromJson({ ...good, ...change });

  test('another format or version, and says what it got', () => {
    expect(broken({ version: 2 })).toThrow(
      'Expected a graph with format "pare-graph" and version 1; received format "pare-graph" and version 2.',
    );
    expect(() => graphFromJson(null as unknown as GraphJson)).toThrow('received format undefined');
  });

  test('unknown ops', () => {
    expect(broken({ nodes: [{ op: 'fly', inputs: [] }] })).toThrow(
      'Node 0 uses the op "fly", which this version does not know.',
    );
  });

  test('references to what does not exist yet', () => {
    expect(broken({ nodes: [{ op: 'neg', inputs: [[0, 0]] }] })).toThrow(
      'Node 0 (neg) refers to output 0 of node 0, which does not exist before it.',
    );
    expect(broken({ outputs: { y: [9, 0] } })).toThrow('Output "y" refers to output 0 of node 9');
  });

  test('shapes that do not fit', () => {
    const nodes = [
      ...good.nodes.slice(0, 1),
      {
        op: 'matMul',
        inputs: [
          [0, 0],
          [0, 0],
        ],
      },
    ];
    expect(broken({ nodes })).toThrow('matMul: [2] does not multiply [2].');
  });
});

describe('printGraph', () => {
  test('gives one line for each node and each output', () => {
    const { values, indices } = topK(mul(input('x', ['batch', 5]), 2), 3);
    expect(printGraph({ values, indices })).toBe(
      [
        '%0 = input() {name: x} : float32 [batch, 5]',
        '%1 = constant() {data: [2]} : float32 []',
        '%2 = mul(%0, %1) : float32 [batch, 5]',
        '%3 = topK(%2) {k: 3} : float32 [batch, 3], int32 [batch, 3]',
        'values = %3',
        'indices = %3.1',
      ].join('\n'),
    );
  });

  test('shortens long constants', () => {
    expect(printGraph({ y: constant([1, 2, 3, 4, 5]) })).toMatch('{data: [1, 2, 3, ... 5]}');
  });
});
