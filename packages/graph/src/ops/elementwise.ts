import { GraphError } from '../errors/graph-error.ts';
import { applySingle, expectType } from '../ir/apply-op.ts';
import { broadcastShapes, formatShape } from '../ir/shape.ts';
import type { OpDefinition } from '../ir/op-definition.ts';
import type { DType, Operand, Value } from '../ir/value.ts';
import { scalar } from './constant.ts';
import { sumToShape } from '../composites/sum-to-shape.ts';

const numeric: readonly DType[] = ['float32', 'int32'];

/** A number as a constant of the type of the other operand. */
export function toValue(operand: Operand, dtype: DType): Value {
  return typeof operand === 'number' ? scalar(operand, dtype) : operand;
}

/** Brings two operands to values of one type; numbers take the type of the other, or float32. */
export function toPair(a: Operand, b: Operand): [Value, Value] {
  const dtype = typeof a !== 'number' ? a.dtype : typeof b !== 'number' ? b.dtype : 'float32';
  return [toValue(a, dtype), toValue(b, dtype)];
}

interface UnaryRule {
  readonly types?: readonly DType[];
  readonly result?: DType;
  /** Gradient of x from that of y; missing: zero almost everywhere. */
  readonly gradient?: (gradient: Value, x: Value, y: Value) => Value;
}

/** Defines an op that maps each element on its own. */
export function defineUnary(name: string, rule: UnaryRule): OpDefinition {
  const { gradient } = rule;
  return {
    name,
    elementwise: true,
    infer: ([x]) => {
      expectType(`${name}: x`, x!, ...(rule.types ?? ['float32']));
      return [{ shape: x!.shape, dtype: rule.result ?? x!.dtype }];
    },
    ...(gradient
      ? { gradient: ({ gradients: [g], inputs: [x], outputs: [y] }) => [gradient(g!, x!, y!)] }
      : { stopsGradient: true }),
  };
}

interface BinaryRule {
  readonly types?: readonly DType[];
  readonly result?: DType;
  /** Gradients of a and b before they are summed to the operands' shapes; missing: zero. */
  readonly gradientA?: (gradient: Value, a: Value, b: Value, y: Value) => Value;
  readonly gradientB?: (gradient: Value, a: Value, b: Value, y: Value) => Value;
}

/** Defines an elementwise op of two operands with broadcasting. */
export function defineBinary(name: string, rule: BinaryRule): OpDefinition {
  const { gradientA, gradientB } = rule;
  return {
    name,
    elementwise: true,
    broadcasts: true,
    infer: ([a, b]) => {
      expectType(`${name}: a`, a!, ...(rule.types ?? numeric));
      if (a!.dtype !== b!.dtype) {
        throw new GraphError(
          'TYPE_MISMATCH',
          `${name}: both operands must have one type; received ${a!.dtype} ${formatShape(a!.shape)} and ${b!.dtype} ${formatShape(b!.shape)}. Use cast().`,
        );
      }
      return [{ shape: broadcastShapes(name, a!.shape, b!.shape), dtype: rule.result ?? a!.dtype }];
    },
    ...(gradientA && gradientB
      ? {
          gradient: ({ gradients: [g], inputs: [a, b], outputs: [y], needed }) => [
            needed[0] ? sumToShape(gradientA(g!, a!, b!, y!), a!.shape) : undefined,
            needed[1] ? sumToShape(gradientB(g!, a!, b!, y!), b!.shape) : undefined,
          ],
        }
      : { stopsGradient: true }),
  };
}

/** The function that applies a unary op. */
export function unary(op: OpDefinition): (x: Value) => Value {
  return (x) => applySingle(op, [x]);
}

/** The function that applies a binary op. */
export function binary(op: OpDefinition): (a: Operand, b: Operand) => Value {
  return (a, b) => applySingle(op, toPair(a, b));
}
