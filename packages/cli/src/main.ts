import { CommanderError } from 'commander';
import { exitCodeOf, exitCodes } from './exit-codes.ts';
import { createOutput } from './output/create-output.ts';
import { codeOfError, explainError, messageOfError } from './output/explain-error.ts';
import { createProgram } from './program.ts';
import type { Host } from './host.ts';
import type { Output } from './output/output.ts';

/** Runs one command line (without the program's own name) and gives the exit code; never throws. */
export async function main(argv: readonly string[], host: Host): Promise<number> {
  const has = (...flags: string[]) => argv.some((each) => flags.includes(each));
  const output = createOutput(host, { json: has('--json'), quiet: has('--quiet', '-q') });
  let exitCode: number = exitCodes.ok;
  const program = createProgram({ host, output }, (name, { fields, exitCode: code }) => {
    output.emit({ type: 'result', command: name, ...fields });
    exitCode = code ?? exitCodes.ok;
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return endOfUsage(error, output);
    output.emit({ type: 'error', code: codeOfError(error), message: messageOfError(error) });
    if (!output.json) host.stderr.write(`${explainError(error)}\n`);
    return exitCodeOf(error);
  }
}

/** Help and version are answers; everything else that commander ends with is wrong usage, which it has told already. */
function endOfUsage({ exitCode, message }: CommanderError, output: Output): number {
  if (exitCode === 0) return exitCodes.ok;
  output.emit({ type: 'error', code: 'USAGE', message: message.replace(/^error: /, '') });
  return exitCodes.badInput;
}
