import { PareError } from '@pare/core';
import { nameOf, termsOf } from '@pare/graph';
import type { Attributes, Dim, DType, Node, Program, Shape, Value } from '@pare/graph';
import type { GraphDef, TfTensor } from './graph-def.ts';
import { int, shapeOf, tensor, typeOf } from './tf-attribute.ts';
import type { TfAttribute } from './tf-attribute.ts';

/** Where a variable lives in the GraphDef. */
export interface VariableHandles {
  handle(name: string): TfTensor;
}

type TfAttributes = Readonly<Record<string, TfAttribute | undefined>>;

/** What an op's emitter writes with. */
export interface EmitContext {
  readonly node: Node;
  readonly attributes: Attributes;
  readonly inputs: readonly TfTensor[];
  /** The nodes that read the first output. */
  readonly readers: readonly Node[];
  /** Adds a node; gives all its outputs. Its attribute T is the type of the first input, unless `attributes` gives it, or gives undefined for an op without one. */
  readonly op: (
    op: string,
    inputs: readonly TfTensor[],
    attributes?: TfAttributes,
    outputs?: number,
  ) => TfTensor[];
  /** An int32 constant: a scalar for a number, a vector for a list. */
  readonly intConstant: (values: number | readonly number[]) => TfTensor;
  readonly floatConstant: (value: number) => TfTensor;
  /** A shape as an int32 vector, read at run time where it is symbolic. */
  readonly shape: (shape: Shape) => TfTensor;
  /** As `shape`, with -1 for a single symbolic dimension, as Reshape accepts it. */
  readonly reshapeTarget: (shape: Shape) => TfTensor;
  /** A dimension as an int32 scalar. */
  readonly dim: (dim: Dim) => TfTensor;
}

/** Writes one op. */
export type Emitter = (context: EmitContext) => readonly TfTensor[];

/** Writes the nodes of one program; node names start with the program's prefix. */
export class ProgramEmitter {
  readonly #graph: GraphDef;
  readonly #program: Program;
  readonly #prefix: string;
  readonly #constants = new Map<string, TfTensor>();
  readonly #dims = new Map<Dim, TfTensor>();
  readonly #tensors = new Map<Value, TfTensor>();
  readonly #reads = new Map<string, string>();
  readonly #readers: ReadonlyMap<Value, readonly Node[]>;

  constructor(graph: GraphDef, program: Program, prefix: string) {
    this.#graph = graph;
    this.#program = program;
    this.#prefix = prefix;
    this.#readers = readersOf(program);
  }

  /** Placeholder name of an input. */
  inputName(name: string): string {
    return `${this.#prefix}/input/${[...this.#program.inputs.keys()].indexOf(name)}`;
  }

  /** Whether a tensor is a placeholder. */
  isFed(tensor: TfTensor): boolean {
    return [...this.#program.inputs.keys()].some((name) => `${this.inputName(name)}:0` === tensor);
  }

  /** Node that reads a variable in this program, if it is read. */
  readNode(name: string): string | undefined {
    return this.#reads.get(name);
  }

  tensorOf(value: Value): TfTensor {
    return this.#tensors.get(value)!;
  }

  /** Writes all nodes except those in `skip`. */
  emit(
    emitters: ReadonlyMap<string, Emitter>,
    variables: VariableHandles,
    skip: ReadonlySet<Node>,
  ): void {
    for (const node of this.#program.nodes) {
      if (skip.has(node)) continue;
      const outputs = this.#emitNode(node, emitters, variables);
      node.outputs.forEach((value, i) => this.#tensors.set(value, outputs[i]!));
    }
  }

  #emitNode(
    node: Node,
    emitters: ReadonlyMap<string, Emitter>,
    variables: VariableHandles,
  ): readonly TfTensor[] {
    const [output] = node.outputs;
    if (node.op.name === 'input') {
      const name = this.inputName(nameOf(output!));
      const shape = output!.shape.map((dim) => (typeof dim === 'number' ? dim : -1));
      this.#graph.node('Placeholder', {
        name,
        attributes: { dtype: typeOf(output!.dtype), shape: shapeOf(shape) },
      });
      return [`${name}:0`];
    }
    if (node.op.name === 'variable') {
      const name = nameOf(output!);
      const read = this.#node('ReadVariableOp', [variables.handle(name)], {
        dtype: typeOf(output!.dtype),
      });
      this.#reads.set(name, read);
      return [`${read}:0`];
    }
    const emitter = emitters.get(node.op.name);
    if (!emitter) {
      throw new PareError(
        'UNSUPPORTED_OP',
        `The TensorFlow engine cannot run the op "${node.op.name}".`,
      );
    }
    return emitter(this.context(node));
  }

  /** The context of a node whose inputs have been written. */
  context(node: Node): EmitContext {
    const dtype = node.inputs[0]?.dtype ?? node.outputs[0]!.dtype;
    return {
      node,
      attributes: node.attributes,
      inputs: node.inputs.map((value) => this.tensorOf(value)),
      readers: this.#readers.get(node.outputs[0]!) ?? [],
      op: (op, inputs, attributes = {}, outputs = 1) => {
        const withType = 'T' in attributes ? attributes : { T: typeOf(dtype), ...attributes };
        return outputsOf(this.#node(op, inputs, withType), outputs);
      },
      intConstant: (values) => this.constant('int32', values),
      floatConstant: (value) => this.constant('float32', value),
      shape: (shape) => this.#shape(shape),
      reshapeTarget: (shape) => {
        if (shape.filter((dim) => typeof dim === 'string').length > 1) return this.#shape(shape);
        return this.constant(
          'int32',
          shape.map((dim) => (typeof dim === 'number' ? dim : -1)),
        );
      },
      dim: (dim) => this.#dim(dim),
    };
  }

  /** A constant of rank 0 or 1, written once. */
  constant(dtype: DType, values: number | readonly number[]): TfTensor {
    const key = `${dtype}:${typeof values === 'number' ? values : `[${values.join()}]`}`;
    const known = this.#constants.get(key);
    if (known) return known;
    const list = typeof values === 'number' ? [values] : values;
    const data = dtype === 'float32' ? Float32Array.from(list) : Int32Array.from(list);
    const shape = typeof values === 'number' ? [] : [list.length];
    const made = this.#node('Const', [], {
      dtype: typeOf(dtype),
      value: tensor(dtype, shape, data),
    });
    this.#constants.set(key, `${made}:0`);
    return `${made}:0`;
  }

  /** Adds a node under the prefix. */
  #node(
    op: string,
    inputs: readonly TfTensor[],
    attributes: TfAttributes,
    control?: readonly string[],
  ): string {
    return this.#graph.node(op, {
      inputs,
      attributes,
      ...(control && { control }),
      name: `${this.#prefix}/${op}_${this.#graph.size}`,
    });
  }

  /** Adds a node that runs after the named ones; gives its name. */
  effect(
    op: string,
    inputs: readonly TfTensor[],
    attributes: Readonly<Record<string, TfAttribute>>,
    control: readonly string[],
  ): string {
    return this.#node(op, inputs, attributes, control);
  }

  #shape(shape: Shape): TfTensor {
    if (shape.every((dim) => typeof dim === 'number')) return this.constant('int32', shape);
    const dims = shape.map((dim) => this.#dim(dim));
    return `${this.#node('Pack', dims, { N: int(dims.length), T: typeOf('int32'), axis: int(0) })}:0`;
  }

  #dim(dim: Dim): TfTensor {
    if (typeof dim === 'number') return this.constant('int32', dim);
    const known = this.#dims.get(dim);
    if (known) return known;
    const T = { T: typeOf('int32') };
    const terms = termsOf(dim).map(({ symbols, coefficient }) => {
      const factors = symbols.map((symbol) => this.#symbol(symbol));
      if (coefficient !== 1 || factors.length === 0)
        factors.unshift(this.constant('int32', coefficient));
      return factors.reduce((a, b): TfTensor => `${this.#node('Mul', [a, b], T)}:0`);
    });
    const total = terms.reduce((a, b): TfTensor => `${this.#node('AddV2', [a, b], T)}:0`);
    this.#dims.set(dim, total);
    return total;
  }

  #symbol(symbol: string): TfTensor {
    const key = ` ${symbol}`;
    const known = this.#dims.get(key);
    if (known) return known;
    const { input, axis } = this.#program.symbols.get(symbol)!;
    const source: TfTensor = `${this.inputName(input)}:0`;
    let result = source;
    if (axis !== undefined) {
      const dtype = this.#program.inputs.get(input)!.dtype;
      const shape: TfTensor = `${this.#node('Shape', [source], { T: typeOf(dtype), out_type: typeOf('int32') })}:0`;
      const bounds = [[axis], [axis + 1], [1]].map((v) => this.constant('int32', v));
      result = `${this.#node('StridedSlice', [shape, ...bounds], { T: typeOf('int32'), Index: typeOf('int32'), shrink_axis_mask: int(1) })}:0`;
    }
    this.#dims.set(key, result);
    return result;
  }
}

function readersOf({ nodes }: Program): Map<Value, Node[]> {
  const readers = new Map<Value, Node[]>();
  for (const node of nodes) {
    for (const value of node.inputs) {
      const known = readers.get(value);
      if (known) known.push(node);
      else readers.set(value, [node]);
    }
  }
  return readers;
}

/** The tensors of a node's outputs. */
export function outputsOf(node: string, count: number): TfTensor[] {
  return Array.from({ length: count }, (_, i): TfTensor => `${node}:${i}`);
}
