import { binary, defineBinary } from './elementwise.ts';

/** True where a ≥ b, elementwise with broadcasting. */
export const greaterEqualOp = defineBinary('greaterEqual', { result: 'bool' });

/** True where a ≥ b, elementwise with broadcasting. */
export const greaterEqual = binary(greaterEqualOp);
