import { formatShape } from '@pare/graph';
import { PareError } from '../errors/pare-error.ts';
import { didYouMean } from '../text/near-misses.ts';
import { arrayName } from './copy-tensor.ts';
import type { Program, TensorSpec, Value } from '@pare/graph';
import type { HostTensor } from '../contracts/tensor.ts';

const text = ({ dtype, shape }: TensorSpec) => `${dtype} ${formatShape(shape)}`;

/** The variables that the programs of a session share, for engines: by name, with type and shape. */
export class VariableSpecs {
  readonly #values = new Map<string, Value>();

  /** Throws VARIABLE_MISMATCH where two programs disagree about a variable. */
  constructor(programs: Readonly<Record<string, Program>>) {
    for (const program of Object.values(programs)) {
      for (const [name, value] of program.variables) this.#add(name, value);
    }
  }

  #add(name: string, value: Value): void {
    const other = this.#values.get(name);
    if (other && text(other) !== text(value)) {
      throw new PareError(
        'VARIABLE_MISMATCH',
        `Two programs share the variable "${name}", but one has ${text(other)}, the other ${text(value)}.`,
      );
    }
    if (!other) this.#values.set(name, value);
  }

  /** Every variable, in the order in which programs name them. */
  [Symbol.iterator](): IterableIterator<[string, Value]> {
    return this.#values.entries();
  }

  /** A variable. Throws UNKNOWN_VARIABLE with the nearest names. */
  get(name: string): Value {
    const value = this.#values.get(name);
    if (value) return value;
    throw new PareError(
      'UNKNOWN_VARIABLE',
      `No program of the session has a variable "${name}".${didYouMean(name, this.#values.keys())}`,
    );
  }

  /** Throws BAD_VARIABLE unless the tensor fits the variable, and UNKNOWN_VARIABLE where there is none. */
  check(name: string, tensor: HostTensor): void {
    const value = this.get(name);
    const elements = tensor.shape.reduce((a, b) => a * b, 1);
    const array = tensor.data[Symbol.toStringTag];
    const complete = tensor.data.length === elements && array === arrayName(tensor);
    if (text(value) === text(tensor) && complete) return;
    const received = complete ? '' : ` with ${tensor.data.length} elements in a ${array}`;
    throw new PareError(
      'BAD_VARIABLE',
      `Variable "${name}" must be ${text(value)}; received ${text(tensor)}${received}.`,
    );
  }

  /** The error for a variable that is read before it has a value. */
  static notSet(name: string, reader: string): PareError {
    return new PareError(
      'VARIABLE_NOT_SET',
      `${reader} reads the variable "${name}", which has no value. Set it with session.write() first.`,
    );
  }
}
