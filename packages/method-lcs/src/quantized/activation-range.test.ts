import { describe, expect, test } from '@jest/globals';
import { addParameters, gradients, input, mul, NetworkBuilder, program, sum } from '@pare/graph';
import { evaluate } from '@pare/graph/testing';
import { uniformFill } from '../testing/name-fill.ts';
import { quantizeInput, rangeNames, rangeParameters, rangeVariables } from './activation-range.ts';
import { hostQuantize, hostScaleOf } from './host-quantize.ts';
import { scalar } from '@pare/graph';

// Expected numbers come from the authors' code: 3 bits, a delay of two steps.

function observer(delay: number) {
  const builder = new NetworkBuilder();
  const image = builder.input([1]);
  const dense = builder.dense('fc', image, { units: 1 });
  const network = addParameters(builder.build('any', image, dense), rangeParameters('conv'));
  const x = input('x', [6]);
  const upstream = input('upstream', [6]);
  const state = rangeVariables(network, 'conv');
  const { value, updates } = quantizeInput(x, state, { top: scalar(7), delay });
  const [gradient] = gradients(sum(mul(value, upstream)), [x]);
  return program({ outputs: { value, gradient: gradient! }, updates });
}

const { least, greatest, count } = rangeNames('conv');
const start = new Map([least, greatest, count].map((name) => [name, { shape: [], data: [0] }]));

/** Runs the steps from 0; each with its output, gradient and range afterwards. */
function steps(delay: number, number: number) {
  const step = observer(delay);
  let variables: Parameters<typeof evaluate>[2] = start;
  return Array.from({ length: number }, (_, j) => {
    const x = uniformFill(10 + j, 6).map((u) => u * (j + 1) + 0.5);
    const upstream = uniformFill(4, 6);
    const run = evaluate(
      step,
      { x: { shape: [6], data: x }, upstream: { shape: [6], data: upstream } },
      variables,
    );
    variables = run.variables;
    const kept = [least, greatest, count].map((name) => run.variables.get(name)!.data[0]!);
    const { value, gradient } = run.outputs;
    return { x, upstream, kept, value: [...value!.data], gradient: [...gradient!.data] };
  });
}

describe('the range of a layer’s input', () => {
  const run = steps(2, 5);

  test('is empty and the input passes until the delay is over', () => {
    for (const { x, value, kept } of run.slice(0, 2)) {
      expect(value).toEqual([...x]);
      expect(kept.slice(0, 2)).toEqual([0, 0]);
    }
  });

  test('is then that of the batch, and afterwards a running mean', () => {
    const expected = [
      [-2.417873, 3.148163],
      [-2.520667, 2.936404],
      [-2.524302, 2.703464],
    ];
    expected.forEach((range, i) =>
      range.forEach((value, k) => expect(run[2 + i]!.kept[k]).toBeCloseTo(value, 6)),
    );
  });

  test('counts the steps', () => {
    expect(run.map(({ kept }) => kept[2])).toEqual([1, 2, 3, 4, 5]);
  });

  test('has the batch in it that it quantizes', () => {
    const expected = [0.7795816, -0.7795816, -2.338745, -2.338745, -2.338745, -2.338745];
    expected.forEach((value, i) => expect(run[3]!.value[i]).toBeCloseTo(value, 6));
  });

  test('leaves the gradient as it is, before the delay and after it, for clamped numbers too', () => {
    for (const { gradient, upstream } of run) expect(gradient).toEqual([...upstream]);
    const clamped = run[3]!.x.filter((value) => value < -2.520667).length;
    expect(clamped).toBeGreaterThan(0);
  });

  test('quantizes in evaluation', () => {
    const [min, max] = run[4]!.kept;
    const scale = hostScaleOf({ least: Math.fround(min!), greatest: Math.fround(max!) }, 3);
    const y = hostQuantize(
      uniformFill(20, 6).map((u) => 4 * u),
      scale,
    );
    const expected = [2.240471, -0.7468237, 0.7468237, -1.493647, -0.7468237, -2.240471];
    expected.forEach((value, i) => expect(y[i]).toBeCloseTo(value, 6));
  });
});

test('without a delay the first batch is quantized', () => {
  const [first] = steps(0, 1);
  expect(first!.kept[1]).toBe(Math.max(...first!.x));
  expect(new Set(first!.value)).not.toEqual(new Set(first!.x));
});
