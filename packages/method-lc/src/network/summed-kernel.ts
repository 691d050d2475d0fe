import { fromTorchLayout } from '@pare/core';
import { add, broadcastTo, matMul, reshape } from '@pare/graph';
import { expandWeights } from './expand-weights.ts';
import { factorParameters } from './factor-parameters.ts';
import type { Parameter, Value } from '@pare/graph';
import type { CompressedWeights, FactoredWeights } from '../compressions/compressed-weights.ts';
import type { BroughtParameter } from './kernel-plan.ts';

/** A part of a sum as parameters and the value that they make. */
interface Summand {
  readonly brought: readonly BroughtParameter[];
  readonly value: (variables: readonly Value[]) => Value;
}

/**
 * A kernel as a sum of parameters, each of which is small when it is packed: `<kernel>.codebook`, `<kernel>.sparse`, and
 * `<kernel>.v` and `<kernel>.u` of a product. In float32 two parts without a product add to exactly Δ; others to its rounding.
 */
export function summedKernel(kernel: Parameter, parts: readonly CompressedWeights[]): Summand {
  const counts = new Map<string, number>();
  const named = (suffix: string) => {
    const count = (counts.get(suffix) ?? 0) + 1;
    counts.set(suffix, count);
    return `${kernel.name}.${suffix}${count > 1 ? count : ''}`;
  };
  const summands = parts.map((part) =>
    part.kind === 'factors' ? product(kernel, part, named) : tensor(kernel, part, named),
  );
  return {
    brought: summands.flatMap(({ brought }) => brought),
    value: (variables) => {
      let at = 0;
      const values = summands.map(({ brought, value }) => {
        const own = variables.slice(at, at + brought.length);
        at += brought.length;
        return value(own);
      });
      return values.reduce((total, value) => add(total, value));
    },
  };
}

function tensor(
  kernel: Parameter,
  part: CompressedWeights,
  named: (suffix: string) => string,
): Summand {
  const content = part.kind === 'codebook' ? 'codebook' : 'sparse';
  const values = () => fromTorchLayout(kernel, expandWeights(part));
  const brought = [{ parameter: { ...kernel, name: named(content) }, content, values }] as const;
  return { brought, value: ([variable]) => variable! };
}

/** U·V in the kernel's shape. */
function product(
  kernel: Parameter,
  part: FactoredWeights,
  named: (suffix: string) => string,
): Summand {
  const { layer, shape } = kernel;
  const { parameters } = factorParameters(kernel, part, [
    { name: named('v'), layer },
    { name: named('u'), layer },
  ]);
  const value = ([v, u]: readonly Value[]) =>
    kernel.layout === 'io' ? matMul(v!, u!) : reshape(filters(v!, u!), shape);
  return { brought: parameters, value };
}

/**
 * Filters [rows, columns · in, out] of two convolutions one after the other, [h, w, in, rank] and [rows, 1, rank, out]: only one
 * of them has more than one row.
 */
function filters(first: Value, second: Value): Value {
  const [h, w, channels, rank] = first.shape as [number, number, number, number];
  const [rows, , , out] = second.shape as [number, number, number, number];
  const v = reshape(first, [1, h * w * channels, rank]);
  return matMul(broadcastTo(v, [rows, h * w * channels, rank]), reshape(second, [rows, rank, out]));
}
