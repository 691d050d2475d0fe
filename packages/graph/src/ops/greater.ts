import { binary, defineBinary } from './elementwise.ts';

/** True where a > b, elementwise with broadcasting. */
export const greaterOp = defineBinary('greater', { result: 'bool' });

/** True where a > b, elementwise with broadcasting. */
export const greater = binary(greaterOp);
