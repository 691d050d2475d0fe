import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { existsSync } from 'node:fs';

import { PareError } from '@pare/core';

import { compilerAdvice, compilerVersion } from './compile-binding.ts';
import { formatBytes } from './format-bytes.ts';
import { createInstallContext, type InstallContext } from './install-context.ts';
import { freeBytes } from './install-entry.ts';
import type { NativeLibrary, ProvisionOptions } from './native-library.ts';
import { pinnedWheelFor } from './pinned-wheel.ts';
import { proveBinding } from './proof.ts';
import { pipVersion, runPython } from './python.ts';
import { findReadyLibrary } from './ready-library.ts';

/** One finding of the doctor. `advice` says what to do; it is there when `ok` is false. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
  readonly advice?: string;
}

/** Oldest Node.js that Pare runs on. */
const oldestNode = [20, 19] as const;
const installAdvice = 'Run `pare engine install`.';

/**
 * Checks everything that the TensorFlow engine needs, in about two seconds; installs nothing. Python,
 * pip and the compiler are needed to install only, so without them a working library is still ok.
 */
export async function diagnose(
  options: Pick<ProvisionOptions, 'projectDirectory' | 'env' | 'signal'> = {},
): Promise<Check[]> {
  const context = createInstallContext(options);
  const library = await attempt(() => findReadyLibrary(context));
  const ready = library.value;
  const unneeded = ready === undefined ? undefined : 'not needed: a library is installed';
  return [
    checkNode(process.versions.node),
    await checkTool('python', unneeded, () => pythonVersion(context)),
    await checkTool('pip', unneeded, () => pipVersion(context)),
    await checkTool('compiler', unneeded, () => compilerVersion(context)),
    await checkSpace(context, ready),
    checkLibrary(library),
    checkBinding(ready),
    await checkGraph(context, ready),
    checkThreads(context.env),
    checkOneDnn(context.env),
  ];
}

/** Whether a Node.js version is new enough. */
export function checkNode(version: string): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const ok = major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1]);
  const advice = ok ? undefined : `Install Node.js ${oldestNode.join('.')} or later.`;
  return { name: 'node', ok, detail: `Node.js ${version}`, advice };
}

/** How many threads TensorFlow will use, and whether a setting holds it back. */
export function checkThreads(env: NodeJS.ProcessEnv): Check {
  const cores = availableParallelism();
  const settings = ['TF_NUM_INTRAOP_THREADS', 'TF_NUM_INTEROP_THREADS', 'OMP_NUM_THREADS'];
  const set = settings.filter((key) => env[key]);
  const shown = set.map((key) => `${key}=${env[key]}`).join(', ');
  const tooFew = set.filter((key) => Number(env[key]) > 0 && Number(env[key]) < cores);
  return {
    name: 'threads',
    ok: tooFew.length === 0,
    detail: `${cores} cores; ${shown || "TensorFlow's own settings, which are the fastest"}`,
    advice: tooFew.length === 0 ? undefined : `Unset ${tooFew.join(', ')} to use all cores.`,
  };
}

/** Whether oneDNN, which makes convolutions about three times faster on a CPU, is on. */
export function checkOneDnn(env: NodeJS.ProcessEnv): Check {
  const value = env.TF_ENABLE_ONEDNN_OPTS;
  const off = value === '0' || value?.toLowerCase() === 'false';
  return {
    name: 'oneDNN',
    ok: !off,
    detail: off ? `off (TF_ENABLE_ONEDNN_OPTS=${value})` : 'on',
    advice: off ? 'Unset TF_ENABLE_ONEDNN_OPTS: training is about three times slower.' : undefined,
  };
}

interface Attempt<T> {
  readonly value?: T;
  readonly error?: Error;
}

async function attempt<T>(action: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return { value: await action() };
  } catch (error) {
    return { error: error as Error };
  }
}

async function pythonVersion(context: InstallContext): Promise<string> {
  const { stdout, stderr } = await runPython(context, ['--version']);
  return (stdout || stderr).trim();
}

async function checkTool(
  name: string,
  unneeded: string | undefined,
  version: () => Promise<string>,
): Promise<Check> {
  const { value, error } = await attempt(version);
  if (value !== undefined) return { name, ok: true, detail: value };
  if (unneeded !== undefined) return { name, ok: true, detail: `missing; ${unneeded}` };
  const advice = name === 'compiler' ? compilerAdvice : 'Install Python 3 with pip.';
  return { name, ok: false, detail: error?.message ?? 'missing', advice };
}

async function checkSpace(
  { cacheDirectory }: InstallContext,
  ready: NativeLibrary | undefined,
): Promise<Check> {
  let folder = cacheDirectory;
  while (!existsSync(folder)) folder = dirname(folder);
  const free = await freeBytes(folder);
  const wheel = pinnedWheelFor();
  const needed = ready || !wheel ? 0 : wheel.bytes + wheel.unpackedBytes;
  const ok = free >= needed;
  return {
    name: 'disk',
    ok,
    detail: `${formatBytes(free)} free in ${folder}; an install needs ${formatBytes(needed)}`,
    advice: ok ? undefined : 'Free some space, or set PARE_CACHE_DIR to a folder on another disk.',
  };
}

function checkLibrary({ value, error }: Attempt<NativeLibrary | undefined>): Check {
  const name = 'library';
  if (value !== undefined) {
    const { version, source, libraries } = value;
    const bytes = libraries.reduce((sum, library) => sum + library.bytes, 0);
    const size = bytes > 0 ? `, ${formatBytes(bytes)}` : '';
    return { name, ok: true, detail: `TensorFlow ${version} (${source}${size})` };
  }
  if (error === undefined) return { name, ok: false, detail: 'none', advice: installAdvice };
  const advice = error instanceof PareError ? 'Mend what the text names.' : installAdvice;
  return { name, ok: false, detail: error.message, advice };
}

function checkBinding(ready: NativeLibrary | undefined): Check {
  const name = 'binding';
  if (ready === undefined) return { name, ok: false, detail: 'none', advice: installAdvice };
  return { name, ok: true, detail: ready.bindingPath };
}

async function checkGraph(
  { env, signal }: InstallContext,
  ready: NativeLibrary | undefined,
): Promise<Check> {
  const name = 'test graph';
  if (ready === undefined) {
    return { name, ok: false, detail: 'not run: no library', advice: installAdvice };
  }
  const { value, error } = await attempt(() => proveBinding(ready.bindingPath, { env, signal }));
  if (value !== undefined) {
    return { name, ok: true, detail: `3 * 3 = 9 on ${value.gpu ? 'a GPU' : 'the CPU'}` };
  }
  const advice = 'Run `pare engine install --force`.';
  return { name, ok: false, detail: error?.message ?? 'failed', advice };
}
