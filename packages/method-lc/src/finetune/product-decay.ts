import { add, matMul, mul, reshape, sum, transpose } from '@pare/graph';
import type { Parameter, Value } from '@pare/graph';

/** A kernel as the product of two: names of the first layer's kernel and of the second's. */
export type Product = readonly [first: string, second: string];

/**
 * Σ ‖U·V‖² over all products, as it is the product that decays and not its factors: the sum of the elements of
 * (UᵀU) ∘ (V·Vᵀ), which needs no matrix larger than rank x rank. Undefined where there is no product.
 */
export function squaredProducts(
  products: readonly Product[],
  parameters: ReadonlyMap<string, Parameter>,
): Value | undefined {
  const norms = products.map(([first, second]) =>
    sum(mul(gramOfOutputs(parameters.get(first)!), gramOfInputs(parameters.get(second)!))),
  );
  return norms.length === 0 ? undefined : norms.reduce(add);
}

/** [rank, rank] from a kernel [..., rank]. */
function gramOfOutputs({ variable, shape }: Parameter): Value {
  const rank = shape.at(-1)!;
  const matrix = reshape(variable, [sizeOf(shape) / rank, rank]);
  return matMul(transpose(matrix, [1, 0]), matrix);
}

/** [rank, rank] from a kernel [..., rank, out]. */
function gramOfInputs({ variable, shape }: Parameter): Value {
  const axis = shape.length - 2;
  const rank = shape[axis]!;
  const order = [axis, ...shape.map((_, i) => i).filter((i) => i !== axis)];
  const matrix = reshape(transpose(variable, order), [rank, sizeOf(shape) / rank]);
  return matMul(matrix, transpose(matrix, [1, 0]));
}

const sizeOf = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);
