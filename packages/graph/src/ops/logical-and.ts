import { binary, defineBinary } from './elementwise.ts';

/** True where a and b, elementwise with broadcasting. */
export const logicalAndOp = defineBinary('logicalAnd', { types: ['bool'], result: 'bool' });

/** True where a and b, elementwise with broadcasting. */
export const logicalAnd = binary(logicalAndOp);
