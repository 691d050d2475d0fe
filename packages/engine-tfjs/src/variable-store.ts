import type * as tf from '@tensorflow/tfjs-core';
import { PareError } from '@pare/core';
import { formatShape } from '@pare/graph';
import type { HostTensor } from '@pare/core';
import type { Program, TensorSpec } from '@pare/graph';

/** The variables of a session as tensors of the backend. */
export class VariableStore {
  readonly #specs = new Map<string, TensorSpec>();
  readonly #tensors = new Map<string, tf.Tensor>();

  /** Knows the variables of all programs; throws PareError where two programs disagree about one. */
  constructor(programs: Iterable<Program>) {
    for (const program of programs) {
      for (const [name, spec] of program.variables) {
        const other = this.#specs.get(name);
        if (other && text(other) !== text(spec)) {
          throw new PareError(
            'VARIABLE_MISMATCH',
            `Two programs share the variable "${name}" but one has ${text(other)}, the other ${text(spec)}.`,
          );
        }
        this.#specs.set(name, spec);
      }
    }
  }

  /** Names of the variables that have a value. */
  get names(): string[] {
    return [...this.#tensors.keys()];
  }

  /** The tensor of a variable, still owned by the store; throws PareError where it has no value. */
  get(name: string, reader: string): tf.Tensor {
    const tensor = this.#tensors.get(name);
    if (tensor) return tensor;
    const spec = this.#specs.get(name);
    throw new PareError(
      'VARIABLE_NOT_SET',
      `${reader} reads the variable "${name}" (${spec ? text(spec) : 'of no program'}), which has no value. Set it with session.write() first.`,
    );
  }

  /** Throws PareError unless the value fits the variable; one that no program has may hold anything. */
  check(name: string, value: HostTensor): void {
    const spec = this.#specs.get(name);
    if (!spec || text(value) === text(spec)) return;
    throw new PareError(
      'BAD_VARIABLE',
      `Variable "${name}" must be ${text(spec)}; received ${text(value)}.`,
    );
  }

  /** Takes over a tensor as the new value of a variable and disposes the old one. */
  set(name: string, tensor: tf.Tensor): void {
    this.#tensors.get(name)?.dispose();
    this.#tensors.set(name, tensor);
  }

  /** Disposes all values. */
  dispose(): void {
    for (const tensor of this.#tensors.values()) tensor.dispose();
    this.#tensors.clear();
  }
}

function text({ dtype, shape }: TensorSpec): string {
  return `${dtype} ${formatShape(shape)}`;
}
