import { GraphError } from '../errors/graph-error.ts';
import type { Program } from './program.ts';

/** A fed tensor as far as its shape matters. */
export interface FedTensor {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/** Values of all dimension symbols from what is fed; throws where feeds are missing, extra or do not fit the inputs. */
export function resolveSymbols(program: Program, feeds: ReadonlyMap<string, FedTensor>): Map<string, number> {
  for (const name of feeds.keys()) {
    if (!program.inputs.has(name)) {
      throw new GraphError('UNKNOWN_INPUT', `The program has no input "${name}"; it has: ${[...program.inputs.keys()].join(', ') || 'none'}.`);
    }
  }
  const bindings = new Map<string, number>();
  for (const [symbol, { input, axis }] of program.symbols) {
    const fed = feeds.get(input);
    if (fed) bindings.set(symbol, axis === undefined ? fed.data[0]! : fed.shape[axis]!);
  }
  for (const [name, value] of program.inputs) {
    const fed = feeds.get(name);
    if (!fed) throw new GraphError('MISSING_INPUT', `Input "${name}" was not fed; expected ${value.dtype} [${value.shape.join(', ')}].`);
    const fits =
      fed.shape.length === value.shape.length &&
      value.shape.every((dim, i) => (typeof dim === 'number' ? dim : (bindings.get(dim) ?? fed.shape[i])) === fed.shape[i]);
    if (!fits) throw new GraphError('BAD_INPUT', `Input "${name}" must be [${value.shape.join(', ')}]; received [${fed.shape.join(', ')}].`);
  }
  return bindings;
}
