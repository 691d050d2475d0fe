import { defineUnary, unary } from './elementwise.ts';
import type { OpDefinition } from '../ir/op-definition.ts';

/** x itself, through which no gradient flows. */
export const stopGradientOp: OpDefinition = {
  ...defineUnary('stopGradient', { types: ['float32', 'int32', 'bool'] }),
  cost: () => ({ macs: 0, flops: 0 }),
  lower: ({ inputs }) => inputs,
};

/** x itself, through which no gradient flows. */
export const stopGradient = unary(stopGradientOp);
