import { add, div, equal, sqrt, square, sum, where } from '@pare/graph';
import { orOne, squareSums } from './square-sums.ts';
import type { Value } from '@pare/graph';
import type { WeightAxes } from '../weight-axes.ts';

/**
 * What a group of a convolution is: `filter-channel` whole output filters and whole input channels, as in the paper;
 * `kernel-position` one position of the kernel in all filters or in all channels, as in parts of the authors' code.
 * Dense weights have rows and columns either way.
 */
export type Grouping = 'filter-channel' | 'kernel-position';

/** Square root with slope 0 at 0, so that a group of zeros gets no gradient instead of NaN. */
function norm(sumOfSquares: Value): Value {
  return where(equal(sumOfSquares, 0), 0, sqrt(orOne(sumOfSquares)));
}

/** Sums of group norms over filters and channels, and the sum of all squares. */
function groupSums(w: Value, axes: WeightAxes, grouping: Grouping) {
  const sums = squareSums(w);
  const all = w.shape.map((_, axis) => axis);
  const reduced = (kept: number, removed: number) =>
    grouping === 'filter-channel' ? all.filter((axis) => axis !== kept) : [removed];
  const filters = sums(reduced(axes.filter, axes.channel));
  const channels = sums(reduced(axes.channel, axes.filter));
  return { filters: sum(norm(filters)), channels: sum(norm(channels)), squares: sum(filters) };
}

/** Group lasso: the sum of the ℓ2 norms of all filters and all channels. */
export function groupLasso(w: Value, axes: WeightAxes, grouping: Grouping): Value {
  const { filters, channels } = groupSums(w, axes, grouping);
  return add(channels, filters);
}

/** Group-Hoyer: group lasso over the ℓ2 norm of the whole tensor; 0 for an all-zero tensor. */
export function groupHoyer(w: Value, axes: WeightAxes, grouping: Grouping): Value {
  const { filters, channels, squares } = groupSums(w, axes, grouping);
  return div(add(channels, filters), sqrt(orOne(squares)));
}

/**
 * Group-HS (DeepHoyer, section 3.2): Hoyer-Square of the vector of filter norms plus that of the vector of channel
 * norms; 0 for an all-zero tensor. One strength serves both, where the paper has two.
 */
export function groupHoyerSquare(w: Value, axes: WeightAxes, grouping: Grouping): Value {
  const { filters, channels, squares } = groupSums(w, axes, grouping);
  return div(add(square(channels), square(filters)), orOne(squares));
}
