import { PareError } from '../errors/pare-error.ts';
import { didYouMean } from '../text/near-misses.ts';
import type { Dial } from '../contracts/method.ts';

/**
 * Checks freely chosen settings against what a result offers. Throws UNKNOWN_SETTING for a name it does not have or that is
 * missing, BAD_SETTING for a value outside what it was trained for.
 */
export function checkSettings(
  settings: Readonly<Record<string, number>>,
  dials: readonly Dial[],
): void {
  const names = dials.map(({ name }) => name);
  for (const name of Object.keys(settings)) {
    if (names.includes(name)) continue;
    const offer = names.length > 0 ? `It has: ${names.join(', ')}.` : 'It runs in one way only.';
    throw new PareError(
      'UNKNOWN_SETTING',
      `The model has no setting "${name}".${didYouMean(name, names)} ${offer}`,
    );
  }
  for (const dial of dials) checkValue(dial, settings[dial.name]);
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
