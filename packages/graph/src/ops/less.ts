import { binary, defineBinary } from './elementwise.ts';

/** True where a < b, elementwise with broadcasting. */
export const lessOp = defineBinary('less', { result: 'bool' });

/** True where a < b, elementwise with broadcasting. */
export const less = binary(lessOp);
