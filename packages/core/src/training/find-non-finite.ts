import { cast, isFinite, logicalNot, nameOf, program, sum, topologicalOrder } from '@pare/graph';
import { selectVariables } from '../evaluation/select-variables.ts';
import type { Network, Node, Program, Value } from '@pare/graph';
import type { Engine } from '../contracts/engine.ts';
import type { HostTensor, Tensors } from '../contracts/tensor.ts';
import type { TrainingPrograms } from './build-training-program.ts';

interface Check {
  readonly what: string;
  readonly value: Value;
}

/**
 * Says where the first number that is not finite appears in a step with the given variables: images, weights or result of
 * a layer in forward order, then the objective, then gradients; undefined where all are finite.
 */
export async function findNonFinite(
  engine: Engine,
  network: Network,
  built: TrainingPrograms,
  variables: Tensors,
  feeds: Readonly<Record<string, HostTensor>>,
): Promise<string | undefined> {
  const checks = [...forwardChecks(network, built), ...gradientChecks(built)];
  const diagnosis = diagnosisProgram(checks);
  const needed = Object.fromEntries(
    [...diagnosis.inputs.keys()].map((name) => [name, feeds[name]!]),
  );
  const session = await engine.open({ diagnosis });
  try {
    await session.write(
      selectVariables(
        diagnosis.variables,
        variables,
        'search for the first number that is not finite',
      ),
    );
    const outputs = await session.run('diagnosis', needed);
    const found = checks.findIndex((_, i) => outputs[`check${i}`]!.data[0]! > 0);
    if (found < 0) return undefined;
    const { what, value } = checks[found]!;
    const count = outputs[`check${found}`]!.data[0]!;
    const size = value.shape.every((dim) => typeof dim === 'number')
      ? ` of ${value.shape.reduce((a, b) => a * b, 1)}`
      : '';
    return value.shape.length === 0 ? what : `${what} (${count}${size} numbers)`;
  } finally {
    await session.dispose();
  }
}

function diagnosisProgram(checks: readonly Check[]): Program {
  const count = (value: Value) => sum(cast(logicalNot(isFinite(value)), 'int32'));
  return program({
    outputs: Object.fromEntries(checks.map(({ value }, i) => [`check${i}`, count(value)])),
  });
}

function forwardChecks(network: Network, { objective }: TrainingPrograms): Check[] {
  // What the objective makes of weights (a regularizer) belongs to no layer.
  const inNetwork = new Set(topologicalOrder([objective.logits]));
  const parameters = new Map(
    network.parameters.map((parameter) => [parameter.variable.node, parameter]),
  );
  const layerOf = new Map<Node, string>();
  const checks: Check[] = [];
  for (const node of topologicalOrder([objective.total])) {
    const value = node.outputs[0]!;
    const layer = inNetwork.has(node)
      ? (parameters.get(node)?.layer ?? layerOfInputs(node, layerOf))
      : undefined;
    if (layer !== undefined) layerOf.set(node, layer);
    if (value.dtype !== 'float32' || node.op.name === 'constant') continue;
    checks.push({ value, what: describe(node, layer) });
  }
  return checks;
}

const layerOfInputs = ({ inputs }: Node, layerOf: ReadonlyMap<Node, string>) =>
  layerOf.get(inputs.findLast(({ node }) => layerOf.has(node))?.node as Node);

function describe(node: Node, layer: string | undefined): string {
  const { name } = node.op;
  if (name === 'input') return `the input "${nameOf(node.outputs[0]!)}" (images of the data set?)`;
  if (name === 'variable')
    return `the weights "${nameOf(node.outputs[0]!)}"${layer === undefined ? '' : ` of layer "${layer}"`}`;
  return `the result of "${name}" ${layer === undefined ? 'outside of the layers, in the objective' : `in or after layer "${layer}"`}`;
}

function gradientChecks({ gradients }: TrainingPrograms): Check[] {
  return gradients.map(({ parameter, gradient }) => ({
    value: gradient,
    what: `the gradient of "${parameter.name}" of layer "${parameter.layer}"`,
  }));
}
