import * as tf from '@tensorflow/tfjs-core';
import { PareError, copyTensor } from '@pare/core';
import { formatShape, resolveSymbols } from '@pare/graph';
import { activate } from './device.ts';
import { planProgram } from './program-plan.ts';
import { runSteps } from './run-steps.ts';
import { VariableStore } from './variable-store.ts';
import type { HostTensor, Session, Tensors } from '@pare/core';
import type { Program, TensorData } from '@pare/graph';
import type { Device } from './device.ts';
import type { Place, ProgramPlan } from './program-plan.ts';
import type { Slots } from './run-steps.ts';

type Feeds = Readonly<Record<string, HostTensor>>;

/** Interprets programs node by node on a TensorFlow.js backend. */
export class TfjsSession implements Session {
  readonly #device: Device;
  readonly #plans = new Map<string, ProgramPlan>();
  readonly #constants = new Map<ProgramPlan, readonly tf.Tensor[]>();
  readonly #variables: VariableStore;
  readonly #onDispose: (session: Session) => void;
  #last: Promise<unknown> = Promise.resolve();
  #disposed = false;
  #disposal: Promise<void> | undefined;

  constructor(
    device: Device,
    programs: Readonly<Record<string, Program>>,
    onDispose: (session: Session) => void,
  ) {
    this.#device = device;
    this.#onDispose = onDispose;
    this.#variables = new VariableStore(programs);
    const hostMemory = device.memory !== undefined;
    for (const [name, program] of Object.entries(programs)) {
      this.#plans.set(name, planProgram(program, hostMemory));
    }
    activate(device);
    for (const plan of this.#plans.values()) {
      const tensors = plan.constants.map(({ node: { attributes, outputs } }) => {
        const { shape, dtype } = outputs[0]!;
        return tf.tensor(attributes.data as TensorData, shape as number[], dtype);
      });
      this.#constants.set(plan, tensors);
    }
  }

  async run(program: string, feeds: Feeds): Promise<Record<string, HostTensor>> {
    return this.#queue(() => this.#run(program, feeds));
  }

  async read(names?: readonly string[]): Promise<Map<string, HostTensor>> {
    return this.#queue(async () => {
      const result = new Map<string, HostTensor>();
      for (const name of names ?? this.#variables.names) {
        result.set(name, await this.#toHost(this.#variables.get(name, 'session.read()')));
      }
      return result;
    });
  }

  async write(values: Tensors): Promise<void> {
    for (const [name, value] of values) this.#variables.check(name, value);
    // The caller may change its arrays as soon as this call returns.
    const copies = [...values].map(([name, value]) => [name, copyTensor(value)] as const);
    return this.#queue(() => {
      activate(this.#device);
      for (const [name, value] of copies) this.#variables.set(name, toTensor(value));
    });
  }

  dispose(): Promise<void> {
    this.#disposal ??= this.#queue(() => {
      this.#variables.dispose();
      for (const tensors of this.#constants.values()) tf.dispose([...tensors]);
      this.#constants.clear();
      this.#disposed = true;
      this.#onDispose(this);
    });
    return this.#disposal;
  }

  /** Work in the order of the calls; a failure does not stop what comes after it. */
  #queue<T>(work: () => T | Promise<T>): Promise<T> {
    const result = this.#last.then(() => {
      if (!this.#disposed) return work();
      throw new PareError('SESSION_CLOSED', 'This session was disposed of; open a new one.');
    });
    this.#last = result.catch(() => undefined);
    return result;
  }

  async #run(name: string, feeds: Feeds): Promise<Record<string, HostTensor>> {
    const plan = this.#plans.get(name);
    if (!plan) {
      throw new PareError(
        'UNKNOWN_PROGRAM',
        `This session has no program "${name}"; it has: ${[...this.#plans.keys()].join(', ') || 'none'}.`,
      );
    }
    const symbols = resolveSymbols(plan.program, new Map(Object.entries(feeds)));
    checkFeeds(plan.program, feeds);
    const slots: Slots = Array.from({ length: plan.slots });
    const held = new Set<number>();
    const hold = (slot: number, tensor: tf.Tensor) => {
      slots[slot] = tensor;
      held.add(slot);
    };
    plan.variables.forEach(({ name: variable, slot }) =>
      hold(slot, this.#variables.get(variable, `Program "${name}"`)),
    );
    this.#constants.get(plan)!.forEach((tensor, i) => hold(plan.constants[i]!.slot, tensor));
    activate(this.#device);
    for (const { name: input, slot } of plan.inputs) slots[slot] = toTensor(feeds[input]!);
    let results: tf.Tensor[];
    try {
      await runSteps(this.#device, plan.steps, slots, symbols);
      activate(this.#device);
      results = copiesOf(plan.outputs, slots);
      // All new values first: an update may hand on the old value of another variable.
      const updates = copiesOf(plan.updates, slots);
      plan.updates.forEach(({ name: variable }, i) => this.#variables.set(variable, updates[i]!));
    } finally {
      slots.forEach((tensor, slot) => !held.has(slot) && tensor?.dispose());
    }
    const values = await Promise.all(results.map((tensor) => this.#toHost(tensor)));
    tf.dispose(results);
    return Object.fromEntries(plan.outputs.map((output, i) => [output.name, values[i]!]));
  }

  async #toHost(tensor: tf.Tensor): Promise<HostTensor> {
    return {
      dtype: tensor.dtype as HostTensor['dtype'],
      shape: tensor.shape,
      data: await this.#device.read(tensor),
    };
  }
}

/** Further tensors with the same content, so that each owner can dispose its own. */
function copiesOf(places: readonly Place[], slots: Slots): tf.Tensor[] {
  return places.map(({ slot }) => tf.clone(slots[slot]!));
}

function toTensor({ data, shape, dtype }: HostTensor): tf.Tensor {
  return tf.tensor(data, [...shape], dtype);
}

function checkFeeds({ inputs }: Program, feeds: Feeds): void {
  for (const [name, { dtype }] of inputs) {
    const fed = feeds[name]!;
    const size = fed.shape.reduce((a, b) => a * b, 1);
    if (fed.dtype === dtype && fed.data.length === size) continue;
    throw new PareError(
      'BAD_FEED',
      `Input "${name}" must be ${dtype} with ${size} elements for shape ${formatShape(fed.shape)}; received ${fed.dtype} with ${fed.data.length}.`,
    );
  }
}
