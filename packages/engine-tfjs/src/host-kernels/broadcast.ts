import { bitsOf } from './bits.ts';
import type { HostKernel, HostView } from '../kernel.ts';

/** Steps of a tensor along the axes of a larger shape that it is broadcast to; 0 where it is repeated. */
function stepsOf(shape: readonly number[], rank: number): number[] {
  const steps = Array<number>(rank).fill(0);
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1) steps[rank - shape.length + axis] = step;
    step *= shape[axis]!;
  }
  return steps;
}

/** One innermost row of the result: where it starts and how long it is, and where each operand starts and how it steps. */
type VisitRow = (start: number, length: number, from: readonly number[]) => void;

/** Calls a function for each innermost row of a result. */
function forEachRow(
  shape: readonly number[],
  steps: readonly (readonly number[])[],
  visit: VisitRow,
) {
  const length = shape.at(-1) ?? 1;
  const rows = shape.slice(0, -1).reduce((a, b) => a * b, 1);
  const index = shape.map(() => 0);
  const from = steps.map(() => 0);
  for (let row = 0; row < rows; row++) {
    visit(row * length, length, from);
    for (let axis = shape.length - 2; axis >= 0; axis--) {
      const wraps = ++index[axis]! === shape[axis];
      if (wraps) index[axis] = 0;
      for (let k = 0; k < steps.length; k++) {
        from[k]! += (wraps ? 1 - shape[axis]! : 1) * steps[k]![axis]!;
      }
      if (!wraps) break;
    }
  }
}

function broadcasting(operands: readonly HostView[], result: HostView) {
  // Leading axes that every operand has in full are one axis, so that rows are as long as they can be.
  const full = operands.every(({ data }) => data.length === result.data.length);
  const shape = full ? [result.data.length] : result.shape;
  const steps = operands.map((x) => (full ? [1] : stepsOf(x.shape, shape.length)));
  return { shape, steps, inner: steps.map((own) => own.at(-1) ?? 0) };
}

/** x repeated along axes of size 1 and new leading axes. */
export const broadcastTo: HostKernel = ([x], [result]) => {
  const { shape, steps, inner } = broadcasting([x!], result!);
  forEachRow(shape, steps, (start, length, [from]) => {
    if (inner[0] === 0) result!.data.fill(x!.data[from!]!, start, start + length);
    else result!.data.set(x!.data.subarray(from, from! + length), start);
  });
};

/** An elementwise op of two operands with broadcasting. */
const binary =
  (f: (a: number, b: number) => number): HostKernel =>
  ([a, b], [result]) => {
    const { shape, steps, inner } = broadcasting([a!, b!], result!);
    const [innerA, innerB] = inner as [number, number];
    forEachRow(shape, steps, (start, length, [fromA, fromB]) => {
      for (let i = 0; i < length; i++) {
        result!.data[start + i] = f(a!.data[fromA! + i * innerA]!, b!.data[fromB! + i * innerB]!);
      }
    });
  };

/** Sum of whole numbers, modulo 2^32. */
export const addIntegers = binary((a, b) => a + b);

/** Difference of whole numbers, modulo 2^32. */
export const subtractIntegers = binary((a, b) => a - b);

/** Product of whole numbers, modulo 2^32. */
export const multiplyIntegers = binary((a, b) => Math.imul(a, b));

/** An elementwise op of one operand. */
const unary =
  (f: (x: number) => number): HostKernel =>
  ([x], [result]) => {
    for (let i = 0; i < result!.data.length; i++) result!.data[i] = f(x!.data[i]!);
  };

/** Whole numbers negated, modulo 2^32. */
export const negateIntegers = unary((x) => -x);

/** Absolute values of whole numbers, modulo 2^32. */
export const absoluteIntegers = unary(Math.abs);

/** Squares of whole numbers, modulo 2^32. */
export const squareIntegers = unary((x) => Math.imul(x, x));

/** Larger of two; NaN where either is, which the wasm backend drops. */
export const maximum = binary((a, b) => Math.max(a, b));

/** Smaller of two; NaN where either is, which the wasm backend drops. */
export const minimum = binary((a, b) => Math.min(a, b));

/**
 * Elementwise choice, by masks instead of branches, which a processor cannot predict here. The wasm backend reads booleans as if they were four
 * bytes long, and repeats operands slowly.
 */
export const where: HostKernel = ([condition, a, b], [result]) => {
  const { shape, steps, inner } = broadcasting([condition!, a!, b!], result!);
  const [innerC, innerA, innerB] = inner as [number, number, number];
  const [ifTrue, ifFalse, chosen] = [a!, b!, result!].map(({ data }) => bitsOf(data));
  forEachRow(shape, steps, (start, length, [fromC, fromA, fromB]) => {
    for (let i = 0; i < length; i++) {
      const mask = -condition!.data[fromC! + i * innerC]!;
      const other = ifFalse![fromB! + i * innerB]!;
      chosen![start + i] = other ^ ((ifTrue![fromA! + i * innerA]! ^ other) & mask);
    }
  });
};
