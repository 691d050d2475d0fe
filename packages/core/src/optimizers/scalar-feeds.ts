import { input } from '@pare/graph';
import type { Value } from '@pare/graph';
import type { HostTensor } from '../contracts/tensor.ts';

/** A scalar of a step, computed on the host in double precision as PyTorch does, then rounded once. */
export type StepScalar = (step: number, learningRate: number) => number;

/** Scalar inputs of an optimizer's program, one for each name. */
export class ScalarFeeds {
  readonly #inputs = new Map<string, { readonly value: Value; readonly compute: StepScalar }>();

  /** The float32 input of a name; what it holds is computed for each step. */
  scalar(name: string, compute: StepScalar): Value {
    const known = this.#inputs.get(name);
    if (known) return known.value;
    const value = input(name, []);
    this.#inputs.set(name, { value, compute });
    return value;
  }

  /** What to feed in a step; `step` counts from 1. */
  feeds(step: number, learningRate: number): Record<string, HostTensor> {
    const entries = [...this.#inputs].map(([name, { compute }]) => {
      const data = Float32Array.of(compute(step, learningRate));
      return [name, { dtype: 'float32', shape: [], data }] as const;
    });
    return Object.fromEntries(entries);
  }
}

/** `name` for the scale 1, else `name@<scale>`: groups of one scale share an input. */
export function scaledName(name: string, scale: number): string {
  return scale === 1 ? name : `${name}@${scale}`;
}
