import { partOf } from '../registry/options-of.ts';
import type { Network } from '@pare/graph';
import type { Method } from '../contracts/method.ts';

/** Throws what a method throws that refuses a result because of its recipe; without one, or where it says nothing of a method, nothing is checked. */
export function checkTrained(
  method: Pick<Method, 'checkRecipe'>,
  recipe: unknown,
  network: Network,
): void {
  const trained = partOf(recipe, 'method');
  if (trained) method.checkRecipe?.(trained, network);
}
