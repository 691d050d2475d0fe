import { PareError } from '@pare/core';
import { add, scalar } from '@pare/graph';
import { weightAxes } from '../weight-axes.ts';
import { hoyer, hoyerSquare, l1, transformedL1 } from './element-terms.ts';
import { groupHoyer, groupHoyerSquare, groupLasso } from './group-terms.ts';
import type { Parameter, Value } from '@pare/graph';
import type { Grouping } from './group-terms.ts';
import type { ElementKind, RegularizerKind, StructureKind } from './regularizer-kind.ts';

/** How a regularizer is put together. */
export interface RegularizerOptions {
  /** Groups of convolutions, for structural kinds; default `filter-channel`. */
  readonly grouping?: Grouping;
}

const elementTerms: Readonly<Record<ElementKind, (w: Value) => Value>> = {
  l1,
  hoyer,
  'hoyer-square': hoyerSquare,
  'transformed-l1': transformedL1,
};

const groupTerms: Readonly<Record<StructureKind, typeof groupLasso>> = {
  'group-lasso': groupLasso,
  'group-hoyer': groupHoyer,
  'group-hoyer-square': groupHoyerSquare,
};

/**
 * The term R of a network as a scalar. Element-wise kinds sum over all trainable parameters, biases too; structural
 * kinds over dense and convolutional weights only; each tensor has weight 1. NaN in a weight makes R NaN.
 */
export function regularizer(
  kind: RegularizerKind,
  options: RegularizerOptions = {},
): (parameters: readonly Parameter[]) => Value {
  const { grouping = 'filter-channel' } = options;
  return (parameters) => {
    if (kind === 'none') return scalar(0);
    const terms = parameters
      .filter((parameter) => parameter.trainable)
      .flatMap((parameter) => {
        if (kind in elementTerms) return [elementTerms[kind as ElementKind](parameter.variable)];
        const axes = weightAxes(parameter);
        return axes ? [groupTerms[kind as StructureKind](parameter.variable, axes, grouping)] : [];
      });
    if (terms.length === 0) {
      throw new PareError(
        'NOTHING_TO_REGULARIZE',
        `hoyer: the regularizer "${kind}" needs at least one trainable ${kind in groupTerms ? 'dense or convolutional weight' : 'parameter'}; the network has none. Use regularizer: none.`,
      );
    }
    return terms.reduce((total, term) => add(total, term));
  };
}
