import { GraphError } from '../errors/graph-error.ts';
import { applySingle } from '../ir/apply-op.ts';
import type { OpDefinition } from '../ir/op-definition.ts';
import type { Shape } from '../ir/shape.ts';
import type { DType, Value } from '../ir/value.ts';

/** A tensor fed at each run. A plain symbol in its shape takes its value from the fed tensor. */
export const inputOp: OpDefinition = {
  name: 'input',
  stopsGradient: true,
  cost: () => ({ macs: 0, flops: 0 }),
  infer: (_inputs, attributes) => {
    const shape = attributes.shape as Shape;
    if (attributes.binds !== undefined && (shape.length !== 0 || attributes.dtype !== 'int32')) {
      throw new GraphError(
        'BAD_INPUT',
        `input "${attributes.name as string}": only an int32 scalar can bind a dimension.`,
      );
    }
    return [{ shape, dtype: attributes.dtype as DType }];
  },
};

/** A program input. */
export function input(name: string, shape: Shape, dtype: DType = 'float32'): Value {
  return applySingle(inputOp, [], { name, shape, dtype });
}

/** An int32 scalar input whose value becomes the dimension symbol `symbol`: run-time widths without a new graph. */
export function dimensionInput(symbol: string, name: string = symbol): Value {
  return applySingle(inputOp, [], { name, shape: [], dtype: 'int32', binds: symbol });
}
