import { StepError } from '../setup/step.mjs';

/** The whole number that an option was given; throws StepError. `name` is without its dashes. */
export function countOption(name, text) {
  const value = Number(text);
  if (text !== '' && Number.isSafeInteger(value) && value >= 1) return value;
  throw new StepError(`bench: --${name} must be a whole number from 1; received "${text}".`);
}
