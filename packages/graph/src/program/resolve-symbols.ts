import { GraphError } from '../errors/graph-error.ts';
import { evaluateDim } from '../ir/dim.ts';
import { formatShape } from '../ir/shape.ts';
import type { Value } from '../ir/value.ts';
import type { Program } from './program.ts';

/** A fed tensor as far as its shape matters. */
export interface FedTensor {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

function checkNames({ inputs }: Program, feeds: ReadonlyMap<string, FedTensor>): void {
  const unknown = [...feeds.keys()].find((name) => !inputs.has(name));
  if (unknown !== undefined) {
    const known = [...inputs.keys()].join(', ') || 'none';
    throw new GraphError(
      'UNKNOWN_INPUT',
      `The program has no input "${unknown}"; it has: ${known}.`,
    );
  }
  for (const [name, { dtype, shape }] of inputs) {
    if (feeds.has(name)) continue;
    throw new GraphError(
      'MISSING_INPUT',
      `Input "${name}" was not fed; expected ${dtype} ${formatShape(shape)}.`,
    );
  }
}

function badShape(name: string, value: Value, fed: FedTensor): GraphError {
  return new GraphError(
    'BAD_INPUT',
    `Input "${name}" must be ${formatShape(value.shape)}; received ${formatShape(fed.shape)}.`,
  );
}

/** Values of all dimension symbols from what is fed; throws where feeds are missing, extra or do not fit the inputs. */
export function resolveSymbols(
  program: Program,
  feeds: ReadonlyMap<string, FedTensor>,
): Map<string, number> {
  checkNames(program, feeds);
  for (const [name, value] of program.inputs) {
    const fed = feeds.get(name)!;
    if (fed.shape.length !== value.shape.length) throw badShape(name, value, fed);
  }
  const bindings = new Map<string, number>();
  for (const [symbol, { input, axis }] of program.symbols) {
    const fed = feeds.get(input)!;
    const size = axis === undefined ? fed.data[0]! : fed.shape[axis]!;
    if (!Number.isInteger(size) || size < 0) {
      throw new GraphError(
        'BAD_INPUT',
        `Input "${input}" gives the dimension "${symbol}": expected a whole number from 0; received ${size}.`,
      );
    }
    bindings.set(symbol, size);
  }
  for (const [name, value] of program.inputs) {
    const fed = feeds.get(name)!;
    if (value.shape.some((dim, i) => evaluateDim(dim, bindings) !== fed.shape[i]))
      throw badShape(name, value, fed);
  }
  return bindings;
}
