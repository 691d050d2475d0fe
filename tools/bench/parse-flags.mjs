import { parseArgs } from 'node:util';

import { StepError } from '../setup/step.mjs';

/** Options of a command line as texts; throws StepError with the usage for what is not known. */
export function parseFlags(args, flags, usage) {
  try {
    return parseArgs({ args, options: flags }).values;
  } catch (error) {
    throw new StepError(`bench: ${error.message}\n\n${usage}`);
  }
}
