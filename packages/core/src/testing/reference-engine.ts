import { evaluate } from '@pare/graph/testing';
import { VariableSpecs } from '../engine/variable-specs.ts';
import { PareError } from '../errors/pare-error.ts';
import type { Program } from '@pare/graph';
import type { Engine, Session } from '../contracts/engine.ts';
import type { HostTensor, Tensors } from '../contracts/tensor.ts';

type AnyTensor = Pick<HostTensor, 'dtype' | 'shape'> & { readonly data: ArrayLike<number> };

const arrayTypes = { float32: Float32Array, int32: Int32Array, bool: Uint8Array };

/** A copy with the data types of the host; floats are rounded to 32 bits. */
const hosted = ({ dtype, shape, data }: AnyTensor): HostTensor => ({
  dtype,
  shape: [...shape],
  data: arrayTypes[dtype].from(data),
});

/** An engine that runs programs by plain loops in float64: no native library, slow, deterministic. For tests. */
export function createReferenceEngine(): Engine {
  return {
    info: { name: 'reference', version: '1', device: 'cpu', threads: 1, details: {} },
    open: (programs) => Promise.resolve(openSession(programs)),
    dispose: () => Promise.resolve(),
  };
}

function openSession(programs: Readonly<Record<string, Program>>): Session {
  const specs = new VariableSpecs(programs);
  const variables = new Map<string, HostTensor>();
  let closed = false;
  const check = () => {
    if (closed) throw new PareError('SESSION_CLOSED', 'The session was disposed of.');
  };
  return {
    // eslint-disable-next-line @typescript-eslint/require-await
    async run(name, feeds) {
      check();
      const program = programs[name];
      if (!program)
        throw new PareError(
          'UNKNOWN_PROGRAM',
          `No program "${name}"; known: ${Object.keys(programs).join(', ')}.`,
        );
      const result = evaluate(program, feeds, variables);
      for (const [key, value] of result.variables) variables.set(key, hosted(value));
      return Object.fromEntries(
        Object.entries(result.outputs).map(([key, value]) => [key, hosted(value)]),
      );
    },
    // eslint-disable-next-line @typescript-eslint/require-await
    async read(names = [...variables.keys()]) {
      check();
      return new Map(names.map((name) => [name, hosted(variables.get(name)!)]));
    },
    // eslint-disable-next-line @typescript-eslint/require-await
    async write(values: Tensors) {
      check();
      for (const [name, value] of values) specs.check(name, value);
      for (const [name, value] of values) variables.set(name, hosted(value));
    },
    // eslint-disable-next-line @typescript-eslint/require-await
    async dispose() {
      closed = true;
      variables.clear();
    },
  };
}
