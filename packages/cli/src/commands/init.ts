import { writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { PareError } from '@pare/core';
import { firstConfig } from '../first-config.ts';
import type { Command } from '../command.ts';

/** Options of `pare init`. */
export interface InitOptions {
  readonly force?: boolean;
}

/** `pare init`: writes a configuration with comments; asks nothing. */
export const initCommand: Command<[file: string | undefined, options: InitOptions]> = async (
  { host, output },
  file = 'pare.yaml',
  { force = false },
) => {
  const path = resolve(host.cwd, file);
  try {
    await writeFile(path, firstConfig, { flag: force ? 'w' : 'wx' });
  } catch (error) {
    throw initError(file, path, error as NodeJS.ErrnoException);
  }
  output.print(`Wrote ${file}. Next: pare plan ${file}, then pare run ${file}`);
  return { fields: { file: path } };
};

function initError(file: string, path: string, error: NodeJS.ErrnoException): PareError {
  if (error.code === 'EEXIST') {
    return new PareError(
      'CONFIG_EXISTS',
      `"${file}" exists already and was left as it is. Name another file (pare init other.yaml), or replace it with --force.`,
      { cause: error },
    );
  }
  const reason = error.code === 'ENOENT' ? `there is no folder ${dirname(path)}` : error.message;
  return new PareError('CONFIG_NOT_WRITTEN', `"${file}" could not be written: ${reason}.`, {
    cause: error,
  });
}
