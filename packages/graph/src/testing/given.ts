import { toTensorData } from '../ops/constant.ts';
import { dimensionInput, input } from '../ops/input.ts';
import { variable } from '../ops/variable.ts';
import { elementCount } from './reference-tensor.ts';
import { seededValues } from './seeded-values.ts';
import type { Shape } from '../ir/shape.ts';
import type { Value } from '../ir/value.ts';
import type { CaseTensor } from './op-case.ts';

/** Options of a fed tensor. */
export interface GivenOptions {
  /** Shape that the graph sees, with symbols; default the numeric one. */
  readonly as?: Shape;
  /** Range of seeded values; default -1 to 1. */
  readonly from?: number;
  readonly to?: number;
  /** The values themselves. */
  readonly values?: ArrayLike<number>;
  /** Not differentiated by; default false. */
  readonly fixed?: boolean;
}

/** What a case is given, collected while its graph is written. */
export interface Given {
  /** A float32 input with seeded or given values. */
  readonly floats: (name: string, shape: readonly number[], options?: GivenOptions) => Value;
  /** A float32 variable with seeded or given values. */
  readonly weights: (name: string, shape: readonly number[], options?: GivenOptions) => Value;
  /** An int32 or bool input; `as` is the shape that the graph sees. */
  readonly numbers: (
    name: string,
    values: readonly number[],
    shape?: readonly number[],
    dtype?: 'int32' | 'bool',
    as?: Shape,
  ) => Value;
  /** An int32 or bool variable. */
  readonly state: (name: string, values: readonly number[], dtype?: 'int32' | 'bool') => Value;
  /** A dimension known at run time; the symbol has the name of its input. */
  readonly dimension: (symbol: string, value: number) => string;
}

/** What was given. */
export interface Collected {
  readonly feeds: Record<string, CaseTensor>;
  readonly variables: Map<string, CaseTensor>;
  /** What the case is differentiated by. */
  readonly wrt: Map<string, Value>;
  readonly dimensions: Value[];
}

/** A new collection; the seeds of its values come from the case's name. */
export function collectGiven(caseName: string): { given: Given; collected: Collected } {
  const collected: Collected = { feeds: {}, variables: new Map(), wrt: new Map(), dimensions: [] };
  const { feeds, variables, wrt, dimensions } = collected;
  const tensor = (name: string, shape: readonly number[], options: GivenOptions): CaseTensor => {
    const { from, to, values } = options;
    const numbers = values ?? seededValues(`${caseName}/${name}`, elementCount(shape), from, to);
    return { dtype: 'float32', shape, data: toTensorData(numbers, 'float32') };
  };
  const given: Given = {
    floats: (name, shape, options = {}) => {
      const value = input(name, options.as ?? shape);
      feeds[name] = tensor(name, shape, options);
      if (!options.fixed) wrt.set(name, value);
      return value;
    },
    weights: (name, shape, options = {}) => {
      const value = variable(name, shape);
      variables.set(name, tensor(name, shape, options));
      if (!options.fixed) wrt.set(name, value);
      return value;
    },
    numbers: (name, values, shape = [values.length], dtype = 'int32', as = shape) => {
      feeds[name] = { dtype, shape, data: toTensorData(values, dtype) };
      return input(name, as, dtype);
    },
    state: (name, values, dtype = 'int32') => {
      const shape = [values.length];
      variables.set(name, { dtype, shape, data: toTensorData(values, dtype) });
      return variable(name, shape, dtype);
    },
    dimension: (symbol, value) => {
      feeds[symbol] = { dtype: 'int32', shape: [], data: Int32Array.of(value) };
      dimensions.push(dimensionInput(symbol));
      return symbol;
    },
  };
  return { given, collected };
}
