import { formatShape, sameShape } from '@pare/graph';
import { PareError } from '../errors/pare-error.ts';
import { nearMisses } from '../text/near-misses.ts';
import { denseTypes } from '../artifact/tensor-encoding.ts';
import { floatValues } from './float-values.ts';
import { fromTorchLayout, torchShape } from './torch-layout.ts';
import type { Network, Parameter } from '@pare/graph';
import type { SafetensorsTensor } from '../artifact/safetensors.ts';
import type { HostTensor, Tensors } from '../contracts/tensor.ts';
import type { WeightLayout, WeightsFile } from './weights-file.ts';

type Problems = Record<'missing' | 'unexpected' | 'shape' | 'type' | 'notFinite', string[]>;

const titles: Readonly<Record<keyof Problems, string>> = {
  missing: 'missing',
  unexpected: 'not of this network',
  shape: 'of another shape',
  type: 'of another type',
  notFinite: 'with numbers that are not finite',
};

/** Most tensors that one line of an error names. */
const mostNamed = 12;

/**
 * Weights for every parameter of a network, in its layout and types; nothing may be missing or left over. Throws
 * START_MISMATCH, which names everything that does not fit.
 */
export function fitWeights(network: Network, found: WeightsFile): Tensors {
  const problems: Problems = { missing: [], unexpected: [], shape: [], type: [], notFinite: [] };
  const names = new Set(network.parameters.map(({ name }) => name));
  const others = [...found.tensors.keys()].filter((name) => !names.has(name));
  for (const name of others)
    problems.unexpected.push(`"${name}" ${formatShape(found.tensors.get(name)!.shape)}`);
  const weights = new Map<string, HostTensor>();
  for (const parameter of network.parameters) {
    const tensor = found.tensors.get(parameter.name);
    if (!tensor) problems.missing.push(missingText(parameter, found.layout, others));
    else {
      const value = fitTensor(parameter, tensor, found.layout, problems);
      if (value) weights.set(parameter.name, value);
    }
  }
  if (Object.values(problems).some((list) => list.length > 0))
    throw mismatch(network, found, problems);
  return weights;
}

const shapeIn = (layout: WeightLayout, parameter: Parameter) =>
  layout === 'torch' ? torchShape(parameter) : parameter.shape;

function missingText(parameter: Parameter, layout: WeightLayout, others: readonly string[]) {
  const near = nearMisses(parameter.name, others)[0];
  const hint = near === undefined ? '' : ` (there is "${near}")`;
  return `"${parameter.name}" ${formatShape(shapeIn(layout, parameter))}${hint}`;
}

function fitTensor(
  parameter: Parameter,
  tensor: SafetensorsTensor,
  layout: WeightLayout,
  problems: Problems,
): HostTensor | undefined {
  const { name, shape, variable } = parameter;
  const expected = shapeIn(layout, parameter);
  if (!sameShape(tensor.shape, expected)) {
    problems.shape.push(
      `"${name}" expected ${formatShape(expected)}, received ${formatShape(tensor.shape)}`,
    );
    return undefined;
  }
  const { dtype } = variable;
  const data = dtype === 'float32' ? floatValues(tensor) : sameType(tensor, dtype);
  if (!data) {
    problems.type.push(`"${name}" expected ${dtype}, received ${tensor.dtype}`);
    return undefined;
  }
  let wrong = 0;
  for (const value of data) if (!Number.isFinite(value)) wrong++;
  if (wrong > 0) {
    problems.notFinite.push(`"${name}" (${wrong} of ${data.length})`);
    return undefined;
  }
  const turned = layout === 'torch' && dtype === 'float32';
  return { dtype, shape, data: turned ? fromTorchLayout(parameter, data) : data };
}

function sameType({ dtype: stored, data }: SafetensorsTensor, dtype: HostTensor['dtype']) {
  return stored === denseTypes[dtype] ? (data as HostTensor['data']) : undefined;
}

function mismatch(network: Network, found: WeightsFile, problems: Problems): PareError {
  const { file, layout, misfit } = found;
  const order = layout === 'torch' ? ", shapes in PyTorch's order" : '';
  const lines = Object.entries(problems)
    .filter(([, list]) => list.length > 0)
    .map(([kind, list]) => `  ${titles[kind as keyof Problems]}: ${listText(list)}`);
  // Where numbers alone are wrong, the network is the right one.
  const others = Object.entries(problems).some(([kind, list]) => kind !== 'notFinite' && list[0]);
  const head = misfit !== undefined && others ? `start: ${misfit}. ` : 'start: ';
  return new PareError(
    'START_MISMATCH',
    `${head}${file} does not fit the network "${network.name}"${order}:\n${lines.join('\n')}\n` +
      (others
        ? advice(misfit === undefined)
        : 'Training that made them has diverged, or the file is damaged.'),
  );
}

function advice(fromFile: boolean): string {
  const rename = fromFile
    ? ', or rename the tensors in the file ("pare plan" without start lists the names)'
    : '';
  return `Set "model" (and "dataset", which gives the number of classes) to what the weights were trained for${rename}.`;
}

function listText(list: readonly string[]): string {
  const rest = list.length - mostNamed;
  const named = list.slice(0, mostNamed).join(', ');
  return rest > 0 ? `${named} and ${rest} more` : named;
}
