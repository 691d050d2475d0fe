import { expect, test } from '@jest/globals';
import { gradients, input, program, sum, square, variable } from '@pare/graph';
import { evaluate } from '@pare/graph/testing';
import { localResponseNorm } from './local-response-norm.ts';

const shape = [1, 2, 2, 6];
const data = Float32Array.from({ length: 24 }, (_, i) => (((13 * i + 5) % 29) - 14) / 7);
const strong = { size: 3, alpha: 0.9, beta: 0.75 };

test('divides by the mean square of the neighbouring channels', () => {
  const y = localResponseNorm(input('x', [1, 1, 1, 3]), { size: 3, alpha: 3, beta: 1 });
  const feeds = { x: { shape: [1, 1, 1, 3], data: Float32Array.of(1, 2, 3) } };
  const { data: values } = evaluate(program({ outputs: { y } }), feeds).outputs.y!;
  // Sums of squares of neighbours: 1 + 4, 1 + 4 + 9, 4 + 9.
  expect([...values]).toEqual([1 / 6, 2 / 15, 3 / 14]);
});

test('gives the numbers and the gradient of PyTorch', () => {
  const x = variable('x', shape);
  const y = localResponseNorm(x, strong);
  const [gradient] = gradients(sum(square(y)), [x]);
  const { outputs } = evaluate(
    program({ outputs: { y, gradient: gradient! } }),
    {},
    new Map([['x', { shape, data }]]),
  );
  const close = (values: readonly number[]) => values.map((v) => expect.closeTo(v, 6));
  expect([...outputs.y!.data.slice(0, 6)]).toEqual(
    close([-0.906365266, 0.289543227, -1.02481538, 0.0613295565, 1.09575115, -0.156858892]),
  );
  expect([...outputs.gradient!.data.slice(0, 6)]).toEqual(
    close([-0.6422969, -0.261066767, -0.35513915, -0.0847058722, 0.209683295, -0.0309766072]),
  );
});

test('does next to nothing to small numbers with the constants of AlexNet', () => {
  const y = localResponseNorm(input('x', shape));
  const { data: values } = evaluate(program({ outputs: { y } }), { x: { shape, data } }).outputs.y!;
  const ratios = [...values].flatMap((v, i) => (data[i] === 0 ? [] : [v / data[i]!]));
  expect(Math.max(...ratios)).toBeLessThan(1);
  expect(Math.min(...ratios)).toBeGreaterThan(0.999);
});
