import { nameOf } from '@pare/graph';
import { VariableSpecs } from '@pare/core';
import { emittersFor } from '../emitters/emitters.ts';
import { isFedMemory } from './fed-memory.ts';
import { GraphDef } from './graph-def.ts';
import { inPlaceUpdates } from './in-place-updates.ts';
import { ProgramEmitter } from './program-emitter.ts';
import { bool, shapeOf, text, typeOf } from './tf-attribute.ts';
import type { Program, Value } from '@pare/graph';
import type { Device } from '../emitters/emitters.ts';
import type { TfTensor } from './graph-def.ts';
import type { Emitter } from './program-emitter.ts';
import type { InPlaceUpdate } from './in-place-updates.ts';

/** Names by which a program is run in the session. */
export interface ProgramPorts {
  /** Placeholder by input name. */
  readonly inputs: ReadonlyMap<string, string>;
  /** Tensor by output name; `undefined` as name: fetched only to make the updates happen. */
  readonly outputs: readonly (readonly [name: string | undefined, tensor: string])[];
}

/** Names by which a variable is set and read. */
export interface VariablePorts {
  readonly handle: TfTensor;
  readonly setInput: string;
  readonly setDone: string;
  readonly read: string;
}

/** One GraphDef for all programs, and how to reach what is in it. */
export interface WrittenPrograms {
  readonly savedModel: Uint8Array;
  readonly programs: ReadonlyMap<string, ProgramPorts>;
  readonly variables: ReadonlyMap<string, VariablePorts>;
  readonly specs: VariableSpecs;
}

/** Writes all programs of a network into one GraphDef for a device; variables are shared by name. */
export function writePrograms(
  programs: Readonly<Record<string, Program>>,
  device: Device,
): WrittenPrograms {
  const graph = new GraphDef();
  const specs = new VariableSpecs(programs);
  const variables = writeVariables(graph, specs);
  const handles = { handle: (name: string): TfTensor => variables.get(name)!.handle };
  const written = new Map<string, ProgramPorts>();
  Object.entries(programs).forEach(([name, program], i) => {
    const emitter = new ProgramEmitter(graph, program, `program_${i}`);
    written.set(name, writeProgram(emitter, program, emittersFor(device), handles));
  });
  return { savedModel: graph.toSavedModel(), programs: written, variables, specs };
}

function writeVariables(graph: GraphDef, specs: VariableSpecs): Map<string, VariablePorts> {
  return new Map(
    [...specs].map(([name, value], i) => [name, writeVariable(graph, name, value, i)]),
  );
}

function writeVariable(graph: GraphDef, name: string, value: Value, index: number): VariablePorts {
  const dtype = typeOf(value.dtype);
  const shape = shapeOf(value.shape as readonly number[]);
  const handle = graph.node('VarHandleOp', {
    name: `variable/${index}`,
    attributes: { container: text(''), shared_name: text(name), dtype, shape },
  });
  const input = graph.node('Placeholder', { name: `set/${index}`, attributes: { dtype, shape } });
  // See fed-memory.ts.
  const copy = graph.node('DeepCopy', {
    name: `copy/${index}`,
    inputs: [`${input}:0`],
    attributes: { T: dtype },
  });
  const assign = graph.node('AssignVariableOp', {
    name: `assign/${index}`,
    inputs: [`${handle}:0`, `${copy}:0`],
    attributes: { dtype },
  });
  const done = graph.node('Identity', {
    name: `done/${index}`,
    inputs: [`${input}:0`],
    attributes: { T: dtype },
    control: [assign],
  });
  const read = graph.node('ReadVariableOp', {
    name: `get/${index}`,
    inputs: [`${handle}:0`],
    attributes: { dtype },
  });
  return { handle: `${handle}:0`, setInput: `${input}:0`, setDone: `${done}:0`, read: `${read}:0` };
}

function writeProgram(
  emitter: ProgramEmitter,
  program: Program,
  emitters: ReadonlyMap<string, Emitter>,
  handles: { handle(name: string): TfTensor },
): ProgramPorts {
  const { inPlace, others } = inPlaceUpdates(program);
  emitter.emit(emitters, handles, new Set(inPlace.map(({ node }) => node)));
  // Updates wait for the program's reads of their variable, so every reader sees the old value.
  const reads = (variables: readonly Value[]) =>
    variables.flatMap((v) => emitter.readNode(nameOf(v)) ?? []);
  const effects = others.map(({ variable, value }) =>
    emitter.effect(
      'AssignVariableOp',
      [handles.handle(nameOf(variable)), ownTensor(emitter, value)],
      { dtype: typeOf(variable.dtype) },
      reads([variable]),
    ),
  );
  for (const update of inPlace)
    effects.push(writeInPlace(emitter, handles, update, reads(update.variables)));
  const outputs = [...program.outputs].map(
    ([name, value]) => [name, outputTensor(emitter, value)] as const,
  );
  if (effects.length === 0) return { inputs: inputNames(emitter, program), outputs };
  const done = emitter.effect(
    'Identity',
    [emitter.constant('int32', 0)],
    { T: typeOf('int32') },
    effects,
  );
  return { inputs: inputNames(emitter, program), outputs: [...outputs, [undefined, `${done}:0`]] };
}

/** The value in memory that a variable may keep. */
function ownTensor(emitter: ProgramEmitter, value: Value): TfTensor {
  const tensor = emitter.tensorOf(value);
  if (!isFedMemory(value)) return tensor;
  return `${emitter.effect('DeepCopy', [tensor], { T: typeOf(value.dtype) }, [])}:0`;
}

/** A session refuses to fetch what it is fed, so an input that is an output goes through an Identity. */
function outputTensor(emitter: ProgramEmitter, value: Value): string {
  const tensor = emitter.tensorOf(value);
  if (emitter.isFed(tensor))
    return `${emitter.effect('Identity', [tensor], { T: typeOf(value.dtype) }, [])}:0`;
  return tensor;
}

function inputNames(emitter: ProgramEmitter, program: Program): Map<string, string> {
  return new Map([...program.inputs.keys()].map((name) => [name, `${emitter.inputName(name)}:0`]));
}

function writeInPlace(
  emitter: ProgramEmitter,
  handles: { handle(name: string): TfTensor },
  { node, variables }: InPlaceUpdate,
  control: readonly string[],
): string {
  const resources = variables.map((variable) => handles.handle(nameOf(variable)));
  const [gradient, ...rates] = node.inputs
    .slice(variables.length)
    .map((value) => emitter.tensorOf(value));
  const { attributes } = node;
  const number = (value: unknown) => emitter.constant('float32', value as number);
  const common = { T: typeOf('float32'), use_locking: bool(false) };
  if (node.op.name === 'momentumUpdate') {
    const inputs = [...resources, rates[0]!, gradient!, number(attributes.momentum)];
    return emitter.effect(
      'ResourceApplyMomentum',
      inputs,
      { ...common, use_nesterov: bool(attributes.nesterov === true) },
      control,
    );
  }
  // With both beta powers 0 the kernel makes no bias correction of its own: the host has put it into alpha and epsilon.
  const [alpha, epsilon] = rates;
  const inputs = [
    ...resources,
    number(0),
    number(0),
    alpha!,
    number(attributes.beta1),
    number(attributes.beta2),
    epsilon!,
    gradient!,
  ];
  return emitter.effect(
    'ResourceApplyAdam',
    inputs,
    { ...common, use_nesterov: bool(false) },
    control,
  );
}
