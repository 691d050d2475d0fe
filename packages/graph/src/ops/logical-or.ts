import { binary, defineBinary } from './elementwise.ts';

/** True where a or b, elementwise with broadcasting. */
export const logicalOrOp = defineBinary('logicalOr', { types: ['bool'], result: 'bool' });

/** True where a or b, elementwise with broadcasting. */
export const logicalOr = binary(logicalOrOp);
