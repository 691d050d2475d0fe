import { PareError } from '../errors/pare-error.ts';
import { didYouMean } from '../text/near-misses.ts';
import type { Dial, OperatingPoint } from '../contracts/method.ts';

/**
 * Checks freely chosen settings against what a result offers. Throws UNKNOWN_SETTING for a name it does not have or that is
 * missing, BAD_SETTING for a value outside what it was trained for.
 */
export function checkSettings(
  settings: Readonly<Record<string, number>>,
  dials: readonly Dial[],
  points: readonly OperatingPoint[] = [],
): void {
  const names = dials.map(({ name }) => name);
  for (const name of Object.keys(settings)) {
    if (names.includes(name)) continue;
    throw new PareError(
      'UNKNOWN_SETTING',
      `The model has no setting "${name}".${didYouMean(name, names)} ${offer(names, points)}`,
    );
  }
  for (const dial of dials) checkValue(dial, settings[dial.name]);
}

function offer(dials: readonly string[], points: readonly OperatingPoint[]): string {
  if (dials.length > 0) return `It has: ${dials.join(', ')}.`;
  if (points.length < 2) return 'It runs in one way only.';
  return `It runs at its operating points only: ${points.map(({ name }) => name).join(', ')}.`;
}

function checkValue({ name, from, to, whole, description }: Dial, value: number | undefined): void {
  if (value === undefined) {
    throw new PareError(
      'UNKNOWN_SETTING',
      `The model needs a value for "${name}" (${description}), from ${from} to ${to}; received none.`,
    );
  }
  const fits = value >= from && value <= to && (!whole || Number.isInteger(value));
  if (fits) return;
  throw new PareError(
    'BAD_SETTING',
    `The setting "${name}" (${description}) must be ${whole ? 'a whole number' : 'a number'} from ${from} to ${to}, the range the model was trained for; received ${value}.`,
  );
}
