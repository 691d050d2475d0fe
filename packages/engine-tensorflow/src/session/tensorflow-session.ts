import { PareError, VariableSpecs, copyTensor } from '@pare/core';
import { evaluateDim, resolveSymbols } from '@pare/graph';
import type { HostTensor, Session, Tensors } from '@pare/core';
import type { Program } from '@pare/graph';
import type { WrittenPrograms } from '../graphdef/write-programs.ts';
import type { SessionThread } from './session-thread.ts';

/** Programs in one native session; variables stay there. */
export class TensorFlowSession implements Session {
  readonly #thread: SessionThread;
  readonly #written: Omit<WrittenPrograms, 'savedModel'>;
  readonly #programs: Readonly<Record<string, Program>>;
  readonly #set = new Set<string>();
  readonly #ready = new Set<string>();
  readonly #onDispose: (session: Session) => void;

  constructor(
    thread: SessionThread,
    written: Omit<WrittenPrograms, 'savedModel'>,
    programs: Readonly<Record<string, Program>>,
    onDispose: (session: Session) => void,
  ) {
    this.#thread = thread;
    this.#written = written;
    this.#programs = programs;
    this.#onDispose = onDispose;
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
    this.#thread.checkOpen();
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
    this.#thread.checkOpen();
    const { specs, variables } = this.#written;
    const values = names.map((name) => specs.get(name));
    const missing = names.find((name) => !this.#set.has(name));
    if (missing !== undefined) throw VariableSpecs.notSet(missing, 'session.read()');
    if (names.length === 0) return new Map();
    const data = await this.#thread.run(
      [],
      '',
      names.map((name) => variables.get(name)!.read).join(),
      names.length,
    );
    return new Map(
      names.map((name, i) => {
        const { dtype, shape } = values[i]!;
        return [name, { dtype, shape: shape as readonly number[], data: data[i]! }];
      }),
    );
  }

  async write(values: Tensors): Promise<void> {
    this.#thread.checkOpen();
    for (const [name, tensor] of values) this.#written.specs.check(name, tensor);
    if (values.size === 0) return;
    const ports = [...values.keys()].map((name) => this.#written.variables.get(name)!);
    for (const name of values.keys()) this.#set.add(name);
    // Copies: the caller keeps what it wrote.
    const inputs = [...values.values()].map(copyTensor);
    await this.#thread.run(
      inputs,
      ports.map((port) => port.setInput).join(),
      ports.map((port) => port.setDone).join(),
      0,
    );
  }

  async dispose(): Promise<void> {
    await this.#thread.close();
    this.#onDispose(this);
  }

  #checkVariables(name: string, program: Program): void {
    if (this.#ready.has(name)) return;
    for (const variable of program.variables.keys()) {
      if (!this.#set.has(variable)) throw VariableSpecs.notSet(variable, `program "${name}"`);
    }
    this.#ready.add(name);
  }
}

function expectType(name: string, expected: string, received: string): void {
  if (expected !== received) {
    throw new PareError('TYPE_MISMATCH', `"${name}" must be ${expected}; received ${received}.`);
  }
}
