import { factoringOf } from '../compressions/low-rank/factoring.ts';
import { matrixShape } from '../compressions/low-rank/weight-matrix.ts';
import { countOf } from './amount.ts';
import type { PartReference } from '@pare/core';
import type { Amount } from './amount.ts';
import type { TaskGroup } from './task-group.ts';
import type { ConvScheme } from '../compressions/low-rank/weight-matrix.ts';

/** A part made to fit its weights; or what is wrong with it, without a full stop. */
export type FittedPart =
  | { readonly part: PartReference; readonly notice?: string; readonly problem?: undefined }
  | { readonly problem: string };

/** Parts that work on the matrix of one layer. */
export const matrixParts: readonly string[] = ['low-rank', 'rank-selection'];

type Fit = (part: PartReference, group: TaskGroup) => FittedPart;

const fits: Readonly<Record<string, Fit>> = {
  'l0-constraint': fitKept,
  'adaptive-quantization': fitCentroids,
  'low-rank': (part, group) => matrixProblem(group) ?? fitRank(withScheme(part, group), group),
  'rank-selection': (part, group) =>
    matrixProblem(group) ?? fitSelection(withScheme(part, group), group),
};

/** Counts percentages, fills in how a convolution becomes a matrix, and checks sizes. */
export function fitPart(part: PartReference, group: TaskGroup): FittedPart {
  return fits[part.name]?.(part, group) ?? { part };
}

function fitKept(part: PartReference, { weights }: TaskGroup): FittedPart {
  const amount = part.kept as Amount;
  const kept = countOf(amount, weights);
  if (kept > weights) {
    return { problem: `${kept} weights cannot be left of ${weights}; expected at most ${weights}` };
  }
  if (typeof amount === 'string' && kept === 0) {
    return {
      problem: `${amount} of ${weights} weights are less than one; expected a larger share`,
    };
  }
  const mayBePercent =
    typeof amount === 'number' && kept > 0 && kept <= 100 && kept < weights / 1000;
  const notice = `${kept} of ${weights} weights are left; a share of ${kept} percent is written ${kept}%`;
  return { part: { ...part, kept }, ...(mayBePercent && { notice }) };
}

function fitCentroids(part: PartReference, { weights }: TaskGroup): FittedPart {
  const centroids = part.centroids as number;
  if (centroids <= weights) return { part };
  return {
    problem: `${weights} weights cannot have ${centroids} different values; expected at most ${weights}`,
  };
}

/** One layer, and no convolution in groups: two layers cannot stand for those. */
function matrixProblem({ parameters }: TaskGroup): { problem: string } | undefined {
  const [{ layer, layout, groups }, ...others] = parameters as [TaskGroup['parameters'][number]];
  if (others.length > 0) {
    const layers = parameters.map((each) => each.layer).join(', ');
    return {
      problem: `low rank works on the matrix of one layer; received ${parameters.length} together: ${layers}. Set "each: true" for one task a layer`,
    };
  }
  if (layout !== 'hwcm' && groups === 1) return undefined;
  return {
    problem: `"${layer}" is a ${layout === 'hwcm' ? 'depthwise' : 'grouped'} convolution, which two layers of low rank cannot replace; leave it out with "except"`,
  };
}

/** The scheme of a convolution, by default the first; a dense layer has none. */
function withScheme(part: PartReference, { shape }: TaskGroup): PartReference {
  const { convScheme = 'scheme-1', ...rest } = part;
  return shape.length === 4 ? { ...rest, convScheme } : rest;
}

function fitRank(part: PartReference, { parameters, shape }: TaskGroup): FittedPart {
  const rank = part.rank as number;
  const matrix = matrixShape('low-rank', shape, part.convScheme as ConvScheme | undefined);
  const full = Math.min(...matrix);
  const { layer } = parameters[0]!;
  if (rank > full) {
    return {
      problem: `"${layer}" is a ${matrix.join(' x ')} matrix of rank ${full} at most; received rank ${rank}`,
    };
  }
  const { kind, reason } = factoringOf({ matrix, rank });
  if (kind === 'factors') return { part };
  return { part, notice: `"${layer}": ${reason}` };
}

function fitSelection(part: PartReference, { parameters, spatial }: TaskGroup): FittedPart {
  if (part.criterion !== 'flops' || spatial !== undefined) return { part };
  return {
    problem: `cost "flops" needs the size of the output of "${parameters[0]!.layer}", which is not known as the network's output does not depend on it; use cost=storage`,
  };
}
