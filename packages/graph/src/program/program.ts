import { GraphError } from '../errors/graph-error.ts';
import { rewrite } from '../ir/rewrite.ts';
import { formatShape, sameShape } from '../ir/shape.ts';
import { shareEqualNodes } from '../ir/share-equal-nodes.ts';
import { skipBroadcasts } from '../ir/skip-broadcasts.ts';
import { symbolsOf } from '../ir/dim.ts';
import { topologicalOrder } from '../ir/topological-order.ts';
import { nameOf } from '../ops/variable.ts';
import type { Dim } from '../ir/dim.ts';
import type { Update } from '../ir/op-definition.ts';
import type { Attribute, Node, Value } from '../ir/value.ts';

/** Where the value of a dimension symbol comes from: an axis of an input, or an int32 scalar input. */
export interface SymbolSource {
  readonly input: string;
  /** Axis of the input; undefined where the input's value itself is the dimension. */
  readonly axis: number | undefined;
}

/** What an engine runs in one go: named inputs, outputs, and assignments made after all reads. */
export interface Program {
  readonly inputs: ReadonlyMap<string, Value>;
  readonly variables: ReadonlyMap<string, Value>;
  readonly outputs: ReadonlyMap<string, Value>;
  readonly updates: readonly Update[];
  readonly symbols: ReadonlyMap<string, SymbolSource>;
  /** Every node, inputs before users. */
  readonly nodes: readonly Node[];
}

/** What a program is made of. */
export interface ProgramParts {
  readonly outputs: Readonly<Record<string, Value>>;
  readonly updates?: readonly Update[];
  /** Inputs to have even where no value reads them, above all `dimensionInput`s: a graph names their symbols only. */
  readonly inputs?: readonly Value[];
}

/**
 * Closes a graph into a program: lowers ops that only steer differentiation, drops needless copies, merges equal nodes, and checks
 * names, symbols and updates.
 */
export function program({ outputs, updates = [], inputs: required = [] }: ProgramParts): Program {
  const names = Object.keys(outputs);
  const roots = [
    ...Object.values(outputs),
    ...updates.flatMap((u) => [u.variable, u.value]),
    ...required,
  ];
  const lowered = rewrite(roots, (node, inputs) =>
    node.op.lower?.({ node, inputs, outputs: node.outputs }),
  );
  const shared = rewrite(rewrite(lowered, skipBroadcasts), shareEqualNodes());
  const nodes = topologicalOrder(shared);
  const inputs = collect(nodes, 'input');
  const variables = collect(nodes, 'variable');
  const result: Program = {
    inputs,
    variables,
    outputs: new Map(names.map((name, i) => [name, shared[i]!])),
    updates: updates.map((_, i) => ({
      variable: shared[names.length + 2 * i]!,
      value: shared[names.length + 2 * i + 1]!,
    })),
    symbols: bindSymbols(inputs),
    nodes,
  };
  checkNodes(result);
  checkUpdates(result.updates);
  return result;
}

function collect(nodes: readonly Node[], op: 'input' | 'variable'): Map<string, Value> {
  const found = new Map<string, Value>();
  for (const node of nodes) {
    if (node.op.name !== op) continue;
    const value = node.outputs[0]!;
    const name = nameOf(value);
    const other = found.get(name);
    if (other) {
      throw new GraphError(
        'DUPLICATE_NAME',
        `program: two ${op}s are named "${name}": ${formatShape(other.shape)} ${other.dtype} and ${formatShape(value.shape)} ${value.dtype}.`,
      );
    }
    found.set(name, value);
  }
  return found;
}

function bindSymbols(inputs: ReadonlyMap<string, Value>): Map<string, SymbolSource> {
  const symbols = new Map<string, SymbolSource>();
  for (const [name, value] of inputs) {
    const binds = value.node.attributes.binds as string | undefined;
    if (binds) symbols.set(binds, { input: name, axis: undefined });
  }
  for (const [name, value] of inputs) {
    value.shape.forEach((dim, axis) => {
      if (typeof dim === 'string' && /^[A-Za-z_]\w*$/.test(dim) && !symbols.has(dim))
        symbols.set(dim, { input: name, axis });
    });
  }
  return symbols;
}

function dimsIn(attribute: Attribute): Dim[] {
  if (Array.isArray(attribute)) return (attribute as readonly Attribute[]).flatMap(dimsIn);
  return typeof attribute === 'string' ? [attribute] : [];
}

const dimAttributes = ['shape', 'begin', 'size', 'paddings', 'segments', 'k', 'dim'];

function checkNodes({ nodes, symbols }: Program): void {
  for (const node of nodes) {
    if (node.op.instantiate) {
      throw new GraphError(
        'NOT_INSTANTIATED',
        `program: "${node.op.name}" depends on the mode; use instantiate(network, { mode }) first.`,
      );
    }
    const dims = [
      ...node.outputs.flatMap((v) => v.shape),
      ...dimAttributes.flatMap((key) => dimsIn(node.attributes[key])),
    ];
    for (const symbol of dims.flatMap(symbolsOf)) {
      if (!symbols.has(symbol)) {
        throw new GraphError(
          'UNBOUND_DIM',
          `program: no input gives the dimension "${symbol}" that "${node.op.name}" needs. Add an input with that axis, or dimensionInput("${symbol}").`,
        );
      }
    }
  }
}

function checkUpdates(updates: readonly Update[]): void {
  const seen = new Set<Value>();
  for (const { variable, value } of updates) {
    if (variable.node.op.name !== 'variable') {
      throw new GraphError(
        'BAD_UPDATE',
        `program: only variables can be updated; received the output of "${variable.node.op.name}".`,
      );
    }
    const name = nameOf(variable);
    if (seen.has(variable))
      throw new GraphError('BAD_UPDATE', `program: variable "${name}" is updated twice.`);
    seen.add(variable);
    if (!sameShape(variable.shape, value.shape) || variable.dtype !== value.dtype) {
      throw new GraphError(
        'BAD_UPDATE',
        `program: variable "${name}" is ${variable.dtype} ${formatShape(variable.shape)}; its new value is ${value.dtype} ${formatShape(value.shape)}.`,
      );
    }
  }
}
