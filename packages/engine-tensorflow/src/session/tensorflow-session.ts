import { PareError } from '@pare/core';
import { evaluateDim, resolveSymbols } from '@pare/graph';
import type { HostTensor, Session, Tensors } from '@pare/core';
import type { Program } from '@pare/graph';
import type { WrittenPrograms } from '../graphdef/write-programs.ts';
import type { SessionThread } from './session-thread.ts';

/** Programs in one native session; variables stay there. */
export class TensorFlowSession implements Session {
  readonly #thread: SessionThread;
  readonly #written: WrittenPrograms;
  readonly #programs: Readonly<Record<string, Program>>;
  readonly #set = new Set<string>();
  readonly #ready = new Set<string>();

  constructor(
    thread: SessionThread,
    written: WrittenPrograms,
    programs: Readonly<Record<string, Program>>,
  ) {
    this.#thread = thread;
    this.#written = written;
    this.#programs = programs;
  }

  async run(
    name: string,
    feeds: Readonly<Record<string, HostTensor>>,
  ): Promise<Record<string, HostTensor>> {
    const program = this.#programs[name];
    const ports = this.#written.programs.get(name);
    if (!program || !ports) {
      throw new PareError(
        'UNKNOWN_PROGRAM',
        `The session has no program "${name}"; it has: ${Object.keys(this.#programs).join(', ')}.`,
      );
    }
    this.#checkVariables(name, program);
    const entries = Object.entries(feeds);
    const symbols = resolveSymbols(program, new Map(entries));
    for (const [key, { dtype }] of entries) expectType(key, program.inputs.get(key)!.dtype, dtype);
    const kept = ports.outputs.filter(([output]) => output !== undefined);
    if (ports.outputs.length === 0) return {};
    const data = await this.#thread.run(
      entries.map(([, tensor]) => tensor),
      entries.map(([key]) => ports.inputs.get(key)!).join(),
      ports.outputs.map(([, tensor]) => tensor).join(),
      kept.length,
    );
    return Object.fromEntries(
      kept.map(([output], i) => {
        const { shape, dtype } = program.outputs.get(output!)!;
        return [
          output!,
          { dtype, shape: shape.map((dim) => evaluateDim(dim, symbols)), data: data[i]! },
        ];
      }),
    );
  }

  async read(names: readonly string[] = [...this.#set]): Promise<Map<string, HostTensor>> {
    const ports = names.map((name) => this.#port(name));
    for (const name of names) {
      if (!this.#set.has(name)) throw notSet(name, 'read it');
    }
    if (names.length === 0) return new Map();
    const data = await this.#thread.run(
      [],
      '',
      ports.map((port) => port.read).join(),
      ports.length,
    );
    return new Map(
      names.map((name, i) => {
        const { dtype, shape } = ports[i]!.value;
        return [name, { dtype, shape: shape as readonly number[], data: data[i]! }];
      }),
    );
  }

  async write(values: Tensors): Promise<void> {
    const entries = [...values].map(([name, tensor]) => ({ name, tensor, port: this.#port(name) }));
    for (const { name, tensor, port } of entries) {
      expectType(name, port.value.dtype, tensor.dtype);
      if (port.value.shape.join() !== tensor.shape.join()) {
        throw new PareError(
          'VARIABLE_MISMATCH',
          `Variable "${name}" has shape [${port.value.shape.join(', ')}]; received [${tensor.shape.join(', ')}].`,
        );
      }
    }
    if (entries.length === 0) return;
    for (const { name } of entries) this.#set.add(name);
    // Copies: the caller keeps what it wrote.
    const inputs = entries.map(({ tensor }) => ({ ...tensor, data: tensor.data.slice() }));
    await this.#thread.run(
      inputs,
      entries.map(({ port }) => port.setInput).join(),
      entries.map(({ port }) => port.setDone).join(),
      0,
    );
  }

  dispose(): Promise<void> {
    return this.#thread.close();
  }

  #port(name: string) {
    const port = this.#written.variables.get(name);
    if (!port) throw new PareError('UNKNOWN_VARIABLE', `The session has no variable "${name}".`);
    return port;
  }

  #checkVariables(name: string, program: Program): void {
    if (this.#ready.has(name)) return;
    for (const variable of program.variables.keys()) {
      if (!this.#set.has(variable)) throw notSet(variable, `run the program "${name}"`);
    }
    this.#ready.add(name);
  }
}

function notSet(name: string, action: string): PareError {
  return new PareError(
    'VARIABLE_NOT_SET',
    `Cannot ${action}: the variable "${name}" has no value. Set it with write() first.`,
  );
}

function expectType(name: string, expected: string, received: string): void {
  if (expected !== received) {
    throw new PareError('TYPE_MISMATCH', `"${name}" must be ${expected}; received ${received}.`);
  }
}
