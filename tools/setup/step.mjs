import { runQuietly } from './command.mjs';

/** A step that did not work; its message is all that the person at the terminal needs. */
export class StepError extends Error {}

/** Prints the one line of a step. */
export const announce = (step, text) => console.log(`${step.padEnd(8)} ${text}`);

/** Runs a command of a step; its output is shown only when it fails. */
export async function runStep(step, file, args) {
  const { code, output } = await runQuietly(file, args);
  if (code === 0) return;
  const command = [file, ...args].join(' ');
  throw new StepError(
    `${output}\n\n${step}: \`${command}\` failed with exit code ${code}; its output is above.`,
  );
}

/** Runs `main`; a failed step ends the process with its message instead of a stack. */
export async function runMain(main) {
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
