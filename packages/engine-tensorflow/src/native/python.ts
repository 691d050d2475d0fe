import { PareError } from '@pare/core';

import type { InstallContext } from './install-context.ts';
import { lastLines, runCommand, type CommandResult } from './run-command.ts';

const pythonAdvice =
  'Install Python 3 with pip (Debian: apt install python3 python3-pip), or set PARE_TENSORFLOW_DIR to a folder that has TensorFlow.';

/** The interpreter that is asked; only its pip and its installed packages matter. */
export const pythonCommand = 'python3';

/** Runs python3 with arguments. Throws TOOL_MISSING when there is none. */
export function runPython(
  context: InstallContext,
  args: readonly string[],
): Promise<CommandResult> {
  const { env, signal } = context;
  return runCommand(pythonCommand, args, { env, signal, advice: pythonAdvice });
}

/** One line naming the version of pip. Throws TOOL_MISSING without Python or without pip. */
export async function pipVersion(context: InstallContext): Promise<string> {
  const result = await runPython(context, ['-m', 'pip', '--version']);
  if (result.code !== 0) {
    throw new PareError(
      'TOOL_MISSING',
      `${pythonCommand} has no pip (${lastLines(result, 1)}). ${pythonAdvice}`,
    );
  }
  return result.stdout.trim().split(' from ')[0] ?? '';
}

/** Folder of an installed `tensorflow` package, found without importing it; undefined when none. */
export async function findPythonTensorFlow(context: InstallContext): Promise<string | undefined> {
  const script = [
    'import importlib.util',
    'spec = importlib.util.find_spec("tensorflow")',
    'places = list(spec.submodule_search_locations or []) if spec else []',
    'print(places[0] if places else "")',
  ].join('\n');
  const result = await runPython(context, ['-c', script]);
  const directory = result.stdout.trim();
  return result.code === 0 && directory !== '' ? directory : undefined;
}
