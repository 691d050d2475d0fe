import { PareError } from '@pare/core';

/** How the depth of a network counts: step · n + rest layers for n blocks in each stage. */
export interface DepthRule {
  readonly step: number;
  readonly rest: number;
  /** For which networks: "with basic blocks". */
  readonly where?: string;
}

/** Blocks in each stage of a network of a depth. Throws OPTION_ERROR where the depth does not fit. */
export function blockCount(owner: string, depth: number, { step, rest, where }: DepthRule): number {
  const count = (depth - rest) / step;
  if (Number.isInteger(count) && count > 0) return count;
  const possible = [1, 2, 3].map((n) => step * n + rest).join(', ');
  const scope = where === undefined ? '' : ` ${where}`;
  throw new PareError(
    'OPTION_ERROR',
    `${owner}: "depth" must be ${possible}, ... (${step}n + ${rest})${scope}; received ${depth}.`,
  );
}
