import { binary, defineBinary } from './elementwise.ts';

/** True where a = b, elementwise with broadcasting. */
export const equalOp = defineBinary('equal', {
  types: ['float32', 'int32', 'bool'],
  result: 'bool',
});

/** True where a = b, elementwise with broadcasting. */
export const equal = binary(equalOp);
