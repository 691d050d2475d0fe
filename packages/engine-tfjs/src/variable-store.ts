import { VariableSpecs } from '@pare/core';
import type * as tf from '@tensorflow/tfjs-core';
import type { HostTensor } from '@pare/core';
import type { Program } from '@pare/graph';

/** The variables of a session as tensors of the backend. */
export class VariableStore {
  readonly #specs: VariableSpecs;
  readonly #tensors = new Map<string, tf.Tensor>();

  /** Knows the variables of all programs; throws PareError where two programs disagree about one. */
  constructor(programs: Readonly<Record<string, Program>>) {
    this.#specs = new VariableSpecs(programs);
  }

  /** Names of the variables that have a value. */
  get names(): string[] {
    return [...this.#tensors.keys()];
  }

  /** The tensor of a variable, still owned by the store; throws PareError where it has no value. */
  get(name: string, reader: string): tf.Tensor {
    const tensor = this.#tensors.get(name);
    if (tensor) return tensor;
    this.#specs.get(name);
    throw VariableSpecs.notSet(name, reader);
  }

  /** Throws PareError unless there is such a variable and the value fits it. */
  check(name: string, value: HostTensor): void {
    this.#specs.check(name, value);
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
