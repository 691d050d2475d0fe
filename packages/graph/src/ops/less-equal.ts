import { binary, defineBinary } from './elementwise.ts';

/** True where a ≤ b, elementwise with broadcasting. */
export const lessEqualOp = defineBinary('lessEqual', { result: 'bool' });

/** True where a ≤ b, elementwise with broadcasting. */
export const lessEqual = binary(lessEqualOp);
