import { toTensorData } from '../ops/constant.ts';
import { dimensionInput, input } from '../ops/input.ts';
import { variable } from '../ops/variable.ts';
import { elementCount } from './reference-tensor.ts';
import { seededValues } from './seeded-values.ts';
import type { Shape } from '../ir/shape.ts';
import type { TensorData, Value } from '../ir/value.ts';
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

/** Collects what a case feeds while its graph is written. */
export class Given {
  readonly feeds: Record<string, CaseTensor> = {};
  readonly variables = new Map<string, CaseTensor>();
  readonly wrt = new Map<string, Value>();
  readonly dimensions: Value[] = [];
  readonly #case: string;

  constructor(caseName: string) {
    this.#case = caseName;
  }

  #data(name: string, shape: readonly number[], options: GivenOptions): TensorData {
    const { from, to, values } = options;
    const text = `${this.#case}/${name}`;
    return toTensorData(values ?? seededValues(text, elementCount(shape), from, to), 'float32');
  }

  /** A float32 input with seeded or given values. */
  floats(name: string, shape: readonly number[], options: GivenOptions = {}): Value {
    const value = input(name, options.as ?? shape);
    this.feeds[name] = { dtype: 'float32', shape, data: this.#data(name, shape, options) };
    if (!options.fixed) this.wrt.set(name, value);
    return value;
  }

  /** A float32 variable with seeded or given values. */
  weights(name: string, shape: readonly number[], options: GivenOptions = {}): Value {
    const value = variable(name, shape);
    this.variables.set(name, { dtype: 'float32', shape, data: this.#data(name, shape, options) });
    if (!options.fixed) this.wrt.set(name, value);
    return value;
  }

  /** An int32 or bool input. */
  numbers(name: string, values: readonly number[], shape: readonly number[] = [values.length], dtype: 'int32' | 'bool' = 'int32', as: Shape = shape): Value {
    this.feeds[name] = { dtype, shape, data: toTensorData(values, dtype) };
    return input(name, as, dtype);
  }

  /** An int32 or bool variable. */
  state(name: string, values: readonly number[], dtype: 'int32' | 'bool' = 'int32'): Value {
    const shape = [values.length];
    this.variables.set(name, { dtype, shape, data: toTensorData(values, dtype) });
    return variable(name, shape, dtype);
  }

  /** A dimension given at run time; the symbol has the name of the input. */
  dimension(symbol: string, value: number): string {
    this.feeds[symbol] = { dtype: 'int32', shape: [], data: Int32Array.of(value) };
    this.dimensions.push(dimensionInput(symbol));
    return symbol;
  }
}
