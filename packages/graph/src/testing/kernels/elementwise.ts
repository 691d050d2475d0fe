import { broadcastReader, tabulate } from '../reference-tensor.ts';
import type { Kernel, Kernels } from '../kernel.ts';

/** Nearest integer, halves to the even neighbour. */
function roundHalfToEven(x: number): number {
  const low = Math.floor(x);
  const rest = x - low;
  if (rest !== 0.5) return rest < 0.5 ? low : low + 1;
  return low % 2 === 0 ? low : low + 1;
}

const softplus = (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

const unary =
  (f: (x: number) => number, int32: (x: number) => number = f): Kernel =>
  ({ inputs: [x], outputs: [y] }) => {
    const apply = x!.dtype === 'int32' ? int32 : f;
    return [tabulate(y!.dtype, y!.shape, (_, i) => apply(x!.data[i]!))];
  };

const binary =
  (f: (a: number, b: number) => number, int32: (a: number, b: number) => number = f): Kernel =>
  ({ inputs: [a, b], outputs: [y] }) => {
    const [readA, readB] = [a!, b!].map((t) => broadcastReader(t, y!.shape.length));
    const apply = a!.dtype === 'int32' ? int32 : f;
    return [tabulate(y!.dtype, y!.shape, (at) => apply(readA!(at), readB!(at)))];
  };

const cast: Kernel = ({ inputs: [x], outputs: [y] }) => {
  const convert = y!.dtype === 'bool' ? (v: number) => Number(v !== 0) : Math.trunc;
  const keep = y!.dtype === 'float32';
  return [tabulate(y!.dtype, y!.shape, (_, i) => (keep ? x!.data[i]! : convert(x!.data[i]!)))];
};

const where: Kernel = ({ inputs, outputs: [y] }) => {
  const [condition, a, b] = inputs.map((t) => broadcastReader(t, y!.shape.length));
  return [tabulate(y!.dtype, y!.shape, (at) => (condition!(at) ? a!(at) : b!(at)))];
};

/** Ops that map elements one by one. */
export const elementwiseKernels: Kernels = {
  abs: unary(Math.abs),
  ceil: unary(Math.ceil),
  cos: unary(Math.cos),
  exp: unary(Math.exp),
  floor: unary(Math.floor),
  isFinite: unary((x) => Number(Number.isFinite(x))),
  log: unary(Math.log),
  logicalNot: unary((x) => Number(!x)),
  neg: unary((x) => -x),
  relu: unary((x) => Math.max(x, 0)),
  round: unary(roundHalfToEven),
  rsqrt: unary((x) => 1 / Math.sqrt(x)),
  sigmoid: unary((x) => 1 / (1 + Math.exp(-x))),
  sign: unary(Math.sign),
  sin: unary(Math.sin),
  softplus: unary(softplus),
  sqrt: unary(Math.sqrt),
  square: unary(
    (x) => x * x,
    (x) => Math.imul(x, x),
  ),
  tanh: unary(Math.tanh),
  add: binary((a, b) => a + b),
  sub: binary((a, b) => a - b),
  mul: binary((a, b) => a * b, Math.imul),
  div: binary((a, b) => a / b),
  pow: binary((a, b) => a ** b),
  maximum: binary(Math.max),
  minimum: binary(Math.min),
  equal: binary((a, b) => Number(a === b)),
  notEqual: binary((a, b) => Number(a !== b)),
  greater: binary((a, b) => Number(a > b)),
  greaterEqual: binary((a, b) => Number(a >= b)),
  less: binary((a, b) => Number(a < b)),
  lessEqual: binary((a, b) => Number(a <= b)),
  logicalAnd: binary((a, b) => Number(a && b)),
  logicalOr: binary((a, b) => Number(a || b)),
  reluGradient: binary((g, y) => (y > 0 ? g : 0)),
  cast,
  where,
};
