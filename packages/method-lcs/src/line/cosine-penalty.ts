import { add, div, mul, square, sum } from '@pare/graph';
import { endPointName } from './end-points.ts';
import type { Network, Parameter, Value } from '@pare/graph';

/**
 * Squared cosine of the two end points, all tensors together: (Σ<u, v>)² / (Σ|u|² Σ|v|²) (LCS, section "training"; Wortsman et
 * al. 2021). Pushes the ends apart, so that the line does not shrink to a point. A scalar from 0 to 1.
 */
export function cosinePenalty(pairs: readonly (readonly [Value, Value])[]): Value {
  const total = (terms: readonly Value[]) => terms.reduce(add);
  const product = total(pairs.map(([u, v]) => sum(mul(u, v))));
  const first = total(pairs.map(([u]) => sum(square(u))));
  const second = total(pairs.map(([, v]) => sum(square(v))));
  return div(square(product), mul(first, second));
}

/** Both end points of the given parameters, as far as they have two. */
export function endPointPairs(
  network: Network,
  parameters: readonly Parameter[],
): (readonly [Value, Value])[] {
  const values = new Map(network.parameters.map(({ name, variable }) => [name, variable]));
  return parameters.flatMap(({ name, variable }) => {
    const end = values.get(endPointName(name));
    return end ? [[variable, end] as const] : [];
  });
}
