import { gradients } from '../autodiff/gradients.ts';
import { sizeOf } from '../ir/dim.ts';
import { add } from '../ops/add.ts';
import { cast } from '../ops/cast.ts';
import { constant } from '../ops/constant.ts';
import { cos } from '../ops/cos.ts';
import { mul } from '../ops/mul.ts';
import { range } from '../ops/range.ts';
import { reshape } from '../ops/reshape.ts';
import { sum } from '../ops/sum.ts';
import { program } from '../program/program.ts';
import { collectGiven } from './given.ts';
import { elementCount } from './reference-tensor.ts';
import { seededValues } from './seeded-values.ts';
import type { Update } from '../ir/op-definition.ts';
import type { Value } from '../ir/value.ts';
import type { Closeness } from './difference.ts';
import type { Given } from './given.ts';
import type { OpCase } from './op-case.ts';

/** What a case computes: one output `y`, or several by name. */
type Outputs = Value | Readonly<Record<string, Value>>;

const isValue = (outputs: Outputs): outputs is Value => 'node' in outputs && 'dtype' in outputs;

const named = (outputs: Outputs): Readonly<Record<string, Value>> =>
  isValue(outputs) ? { y: outputs } : outputs;

/** A sum of all float elements with uneven fixed factors, so that no gradient of it is trivial. */
export function weightedSum(outputs: Readonly<Record<string, Value>>): Value {
  const floats = Object.entries(outputs).filter(([, value]) => value.dtype === 'float32');
  return floats.map(([name, value]) => sum(mul(value, factorsFor(name, value)))).reduce(add);
}

function factorsFor(name: string, { shape }: Value): Value {
  const known = shape.filter((dim) => typeof dim === 'number');
  if (known.length === shape.length) {
    return constant(seededValues(`factors of ${name}`, elementCount(known)), known);
  }
  return reshape(cos(cast(range(sizeOf(shape)), 'float32')), shape);
}

/** A case about values only. `updates` are made after all reads. */
export function opCase(
  name: string,
  ops: readonly string[],
  build: (given: Given, update: (variable: Value, value: Value) => void) => Outputs,
  closeness: Closeness = {},
): OpCase {
  const { given, collected } = collectGiven(name);
  const { feeds, variables, dimensions } = collected;
  const updates: Update[] = [];
  const outputs = named(build(given, (variable, value) => updates.push({ variable, value })));
  return {
    name,
    ops,
    program: program({ inputs: dimensions, outputs, updates }),
    feeds,
    variables,
    ...closeness,
  };
}

/** Options of a differentiated case. */
export interface DifferentiatedOptions extends Closeness {
  /** The data lies where a derivative jumps, so finite differences say nothing there; default false. */
  readonly kinks?: boolean;
}

/** A case about values and the gradients of their weighted sum by every float tensor given and not fixed. */
export function differentiated(
  name: string,
  ops: readonly string[],
  build: (given: Given) => Outputs,
  options: DifferentiatedOptions = {},
): OpCase {
  const { kinks = false, ...closeness } = options;
  const { given, collected } = collectGiven(name);
  const { feeds, variables, wrt, dimensions } = collected;
  const values = named(build(given));
  const loss = weightedSum(values);
  const names = [...wrt.keys()];
  const results = gradients(loss, [...wrt.values()]);
  const outputs = Object.fromEntries(names.map((x, i) => [`gradient of ${x}`, results[i]!]));
  return {
    name,
    ops,
    program: program({ inputs: dimensions, outputs: { ...values, ...outputs } }),
    feeds,
    variables,
    differentiated: kinks ? undefined : { loss, wrt, dimensions },
    ...closeness,
  };
}
