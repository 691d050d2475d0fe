import { GraphError } from '../errors/graph-error.ts';
import { evaluateDim } from '../ir/dim.ts';
import { formatShape } from '../ir/shape.ts';
import { nameOf } from '../ops/variable.ts';
import { resolveSymbols } from '../program/resolve-symbols.ts';
import { elementwiseKernels } from './kernels/elementwise.ts';
import { lossKernels } from './kernels/losses.ts';
import { normKernels } from './kernels/norms.ts';
import { poolingKernels } from './kernels/pooling.ts';
import { productKernels } from './kernels/products.ts';
import { reductionKernels } from './kernels/reductions.ts';
import { selectionKernels } from './kernels/selection.ts';
import { shapeKernels } from './kernels/shapes.ts';
import { stepKernels } from './kernels/steps.ts';
import { elementCount, zeroTensor } from './reference-tensor.ts';
import type { Dim } from '../ir/dim.ts';
import type { Node, Value } from '../ir/value.ts';
import type { Program } from '../program/program.ts';
import type { FedTensor } from '../program/resolve-symbols.ts';
import type { Kernels } from './kernel.ts';
import type { ReferenceTensor } from './reference-tensor.ts';

const kernels: Kernels = {
  ...elementwiseKernels,
  ...lossKernels,
  ...normKernels,
  ...poolingKernels,
  ...productKernels,
  ...reductionKernels,
  ...selectionKernels,
  ...shapeKernels,
  ...stepKernels,
};

/** What a program computed. */
export interface Evaluation {
  readonly outputs: Readonly<Record<string, ReferenceTensor>>;
  /** All variables after the program's updates. */
  readonly variables: ReadonlyMap<string, ReferenceTensor>;
}

function hold(value: Value, { shape, data }: FedTensor): ReferenceTensor {
  if (data.length !== elementCount(shape)) {
    throw new GraphError(
      'BAD_INPUT',
      `"${nameOf(value)}": ${formatShape(shape)} needs ${elementCount(shape)} elements; received ${data.length}.`,
    );
  }
  const tensor = zeroTensor(value.dtype, shape);
  tensor.data.set(data);
  return tensor;
}

function leaf(
  node: Node,
  feeds: Readonly<Record<string, FedTensor>>,
  variables: ReadonlyMap<string, FedTensor>,
): ReferenceTensor {
  const value = node.outputs[0]!;
  if (node.op.name === 'input') return hold(value, feeds[nameOf(value)]!);
  if (node.op.name === 'constant') {
    return hold(value, {
      shape: value.shape as readonly number[],
      data: node.attributes.data as Float32Array,
    });
  }
  const stored = variables.get(nameOf(value));
  if (!stored)
    throw new GraphError(
      'MISSING_VARIABLE',
      `Variable "${nameOf(value)}" has no value; expected ${value.dtype} ${formatShape(value.shape)}.`,
    );
  return hold(value, stored);
}

/**
 * Runs a program by plain loops in float64 (int32 and bool exactly): the reference that engines are compared with, and
 * the function under the finite differences. Slow on purpose; shares no code with any engine.
 */
export function evaluate(
  program: Program,
  feeds: Readonly<Record<string, FedTensor>> = {},
  variables: ReadonlyMap<string, FedTensor> = new Map(),
): Evaluation {
  const symbols = resolveSymbols(program, new Map(Object.entries(feeds)));
  const dim = (d: Dim) => evaluateDim(d, symbols);
  const results = new Map<Value, ReferenceTensor>();
  for (const node of program.nodes) {
    const inputs = node.inputs.map((value) => results.get(value)!);
    const outputs = node.outputs.map(({ shape, dtype }) => ({ shape: shape.map(dim), dtype }));
    const isLeaf = ['input', 'variable', 'constant'].includes(node.op.name);
    const kernel = kernels[node.op.name];
    if (!isLeaf && !kernel)
      throw new GraphError('UNKNOWN_OP', `The reference has no kernel for "${node.op.name}".`);
    const computed = kernel
      ? kernel({ inputs, attributes: node.attributes, outputs, dim })
      : [leaf(node, feeds, variables)];
    node.outputs.forEach((value, i) => results.set(value, computed[i]!));
  }
  const after = new Map([...program.variables].map(([name, value]) => [name, results.get(value)!]));
  for (const { variable, value } of program.updates)
    after.set(nameOf(variable), results.get(value)!);
  const outputs = [...program.outputs].map(([name, value]) => [name, results.get(value)!] as const);
  return { outputs: Object.fromEntries(outputs), variables: after };
}
