import { mkdir, readFile, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { PareError } from '../errors/pare-error.ts';
import { releaseLock, takeLock } from '../files/file-lock.ts';
import { writeAtomically, writeError } from './write-atomically.ts';

/** Names inside a run folder. */
export const runFiles = {
  config: 'config.yaml',
  environment: 'environment.json',
  events: 'events.jsonl',
  checkpoints: 'checkpoints',
  model: 'model',
  report: 'report.json',
  reportPage: 'report.html',
  curve: 'curve.svg',
  lock: 'run.lock',
} as const;

const known = new Set<string>(Object.values(runFiles));
const isTemporary = (name: string) => name.startsWith('.') && /\.\d+\.(tmp|old)$/.test(name);

/** Takes the folder for this process until `unlockRunFolder`. Throws RUN_IN_PROGRESS where another one works in it. */
export async function lockRunFolder(folder: string): Promise<void> {
  const pid = await takeLock(join(folder, runFiles.lock)).catch((error: unknown) => {
    throw writeError(folder, error);
  });
  if (pid === undefined) return;
  throw new PareError(
    'RUN_IN_PROGRESS',
    `Process ${pid} is working in the run folder ${folder}. Wait for it, stop it, or choose another name for the run.`,
  );
}

/** Gives the folder back. */
export function unlockRunFolder(folder: string): Promise<void> {
  return releaseLock(join(folder, runFiles.lock));
}

/**
 * Makes an empty run folder and takes it for this process. Throws RUN_IN_PROGRESS, RUN_FOLDER_EXISTS where there is one and `force` is not set, and NOT_A_RUN_FOLDER
 * where `force` would remove anything that a run has not written.
 */
export async function createRunFolder(folder: string, { force = false } = {}): Promise<void> {
  await mustBeFolderOrNothing(folder);
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw writeError(folder, error);
  });
  await lockRunFolder(folder);
  try {
    await clear(folder, force);
  } catch (error) {
    await unlockRunFolder(folder);
    throw error;
  }
}

async function clear(folder: string, force: boolean): Promise<void> {
  const names = (await readdir(folder)).filter((name) => !name.startsWith(runFiles.lock));
  if (names.length > 0) {
    const foreign = names.filter((name) => !known.has(name) && !isTemporary(name));
    // Notes that someone keeps next to a run do not make the folder another one.
    const isRun = foreign.length === 0 || names.includes(runFiles.config);
    if (!force && isRun) {
      throw new PareError(
        'RUN_FOLDER_EXISTS',
        `The run folder ${folder} exists already. Go on with it: pare resume ${folder}. Replace it: --force. Or choose another name for the run.`,
      );
    }
    if (foreign.length > 0) {
      throw new PareError(
        'NOT_A_RUN_FOLDER',
        `${folder} holds more than a run (${foreign.slice(0, 3).join(', ')}${foreign.length > 3 ? ', ...' : ''}), so it is not removed. Remove it yourself or choose another name for the run.`,
      );
    }
    await remove(folder, names);
  }
}

/** The configuration goes last: a removal that was cut short still looks like a run folder. */
async function remove(folder: string, names: readonly string[]): Promise<void> {
  const last = [...names].sort(
    (a, b) => Number(a === runFiles.config) - Number(b === runFiles.config),
  );
  for (const name of last) await rm(join(folder, name), { recursive: true, force: true });
}

async function mustBeFolderOrNothing(folder: string): Promise<void> {
  const info = await stat(folder).catch(() => undefined);
  if (!info || info.isDirectory()) return;
  throw new PareError(
    'NOT_A_RUN_FOLDER',
    `${folder} is a file; expected a folder or nothing. Choose another name for the run.`,
  );
}

/** Writes `config.yaml` and `environment.json`. */
export async function describeRun(
  folder: string,
  config: unknown,
  environment: unknown,
): Promise<void> {
  await writeAtomically(join(folder, runFiles.environment), [
    `${JSON.stringify(environment, undefined, 2)}\n`,
  ]);
  await writeAtomically(join(folder, runFiles.config), [stringify(config ?? {})]);
}

/** The resolved configuration that a run was started with. Throws NOT_A_RUN_FOLDER where there is none. */
export async function readRunConfig(folder: string): Promise<unknown> {
  const path = join(folder, runFiles.config);
  try {
    const config = parse(await readFile(path, 'utf8')) as unknown;
    if (typeof config === 'object' && config !== null) return config;
    throw new Error('it holds no configuration');
  } catch (error) {
    const reason = (error as Error).message.trim();
    throw new PareError(
      'NOT_A_RUN_FOLDER',
      `Could not read ${path}: ${reason}. Expected the folder of a run, for example runs/<name>.`,
      { cause: error },
    );
  }
}
