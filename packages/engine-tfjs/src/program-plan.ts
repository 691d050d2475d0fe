import { PareError } from '@pare/core';
import { nameOf } from '@pare/graph';
import { kernelOf } from './kernel-table.ts';
import type { Node, Program, Value } from '@pare/graph';
import type { Kernel } from './kernel.ts';

/** A value held in a numbered place while a program runs. */
export interface Place {
  readonly name: string;
  readonly slot: number;
}

/** One node, ready to run. */
export interface Step {
  readonly node: Node;
  readonly kernel: Kernel;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  /** Places whose tensor has no user after this step. */
  readonly disposable: readonly number[];
}

/** A program with its kernels chosen and the life of every tensor known. */
export interface ProgramPlan {
  readonly program: Program;
  readonly slots: number;
  readonly inputs: readonly Place[];
  readonly variables: readonly Place[];
  readonly constants: readonly { readonly node: Node; readonly slot: number }[];
  readonly steps: readonly Step[];
  readonly outputs: readonly Place[];
  readonly updates: readonly Place[];
}

/** Plans a program; throws PareError where an op has no kernel. */
export function planProgram(program: Program, hostMemory: boolean): ProgramPlan {
  const slots = new Map<Value, number>();
  for (const node of program.nodes) for (const value of node.outputs) slots.set(value, slots.size);
  const slotOf = (value: Value) => slots.get(value)!;
  const places = (values: Iterable<readonly [string, Value]>): Place[] =>
    [...values].map(([name, value]) => ({ name, slot: slotOf(value) }));

  const sources = new Set(['input', 'variable', 'constant']);
  const computed = program.nodes.filter((node) => !sources.has(node.op.name));
  const ending = valuesByLastUser(program, computed);
  return {
    program,
    slots: slots.size,
    inputs: places(program.inputs),
    variables: places(program.variables),
    constants: program.nodes
      .filter((node) => node.op.name === 'constant')
      .map((node) => ({ node, slot: slotOf(node.outputs[0]!) })),
    steps: computed.map((node) => ({
      node,
      kernel: chooseKernel(node, hostMemory),
      inputs: node.inputs.map(slotOf),
      outputs: node.outputs.map(slotOf),
      disposable: (ending.get(node) ?? []).map(slotOf),
    })),
    outputs: places(program.outputs),
    updates: program.updates.map(({ variable, value }) => ({
      name: nameOf(variable),
      slot: slotOf(value),
    })),
  };
}

/**
 * Values by the node after which they can go: their last user, or their own node where nobody uses them. Values that
 * outlive the steps are left out.
 */
function valuesByLastUser(program: Program, computed: readonly Node[]): Map<Node, Value[]> {
  const lastUser = new Map<Value, Node>();
  for (const node of computed) {
    for (const value of [...node.inputs, ...node.outputs]) lastUser.set(value, node);
  }
  for (const value of program.outputs.values()) lastUser.delete(value);
  for (const { value } of program.updates) lastUser.delete(value);
  const result = new Map<Node, Value[]>();
  for (const [value, node] of lastUser) {
    if (value.node.op.name === 'variable' || value.node.op.name === 'constant') continue;
    const values = result.get(node);
    if (values) values.push(value);
    else result.set(node, [value]);
  }
  return result;
}

function chooseKernel(node: Node, hostMemory: boolean): Kernel {
  const kernel = kernelOf(node, hostMemory);
  if (kernel) return kernel;
  throw new PareError(
    'UNSUPPORTED_OP',
    `The TensorFlow.js engine has no kernel for the op "${node.op.name}". Programs may hold only the primitives of @pare/graph.`,
  );
}
