import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';

import { PareError } from '@pare/core';

import { findBindingSources } from './binding-sources.ts';
import type { InstallContext } from './install-context.ts';
import type { LibraryLayout } from './library-layout.ts';
import { quietStartSource } from './quiet-start.ts';
import { releasePagesSource } from './release-pages.ts';
import { lastLines, runCommand } from './run-command.ts';

/** What to compile against and where to. */
export interface CompileRequest {
  readonly layout: LibraryLayout;
  /** Where the binding looks for the libraries at run time; may start with $ORIGIN. */
  readonly runtimePath: string;
  /** File to write; its folder must exist. */
  readonly output: string;
}

/** The C++ compiler: the environment variable CXX, else g++ (on macOS c++). */
export function compilerOf(env: NodeJS.ProcessEnv): string {
  return env.CXX || (process.platform === 'darwin' ? 'c++' : 'g++');
}

/** What to do without a compiler. */
export const compilerAdvice =
  'Install a C++ compiler (Debian: apt install g++; macOS: xcode-select --install), or name one in CXX.';

/** First line of the compiler's version text. Throws TOOL_MISSING when there is none. */
export async function compilerVersion(context: InstallContext): Promise<string> {
  const { env, signal } = context;
  const compiler = compilerOf(env);
  const result = await runCommand(compiler, ['--version'], { env, signal, advice: compilerAdvice });
  if (result.code !== 0) {
    throw new PareError(
      'TOOL_MISSING',
      `${compiler} does not run (${lastLines(result, 1)}). ${compilerAdvice}`,
    );
  }
  return result.stdout.split('\n', 1)[0] ?? '';
}

/** Compiles tfjs-node's binding against a TensorFlow library; about ten seconds. Throws COMPILE_FAILED. */
export async function compileBinding(
  context: InstallContext,
  { layout, runtimePath, output }: CompileRequest,
): Promise<void> {
  const { env, signal } = context;
  const scratch = join(dirname(output), 'build');
  try {
    await mkdir(scratch, { recursive: true });
    const extras = { 'quiet_start.cc': quietStartSource, 'release_pages.cc': releasePagesSource };
    for (const [name, text] of Object.entries(extras)) await writeFile(join(scratch, name), text);
    const sources = await findBindingSources(context, scratch);
    context.report({ type: 'step', message: 'Compiling the binding (about 10 seconds)' });
    const compiler = compilerOf(env);
    const result = await runCommand(
      compiler,
      [
        ...['-std=c++17', '-O2', '-fPIC', '-shared', '-DNAPI_VERSION=8'],
        ...['-DNODE_GYP_MODULE_NAME=tfjs_binding', '-DBUILDING_NODE_EXTENSION'],
        ...['-I', nodeHeaders(), '-I', layout.includeDirectory, '-I', dirname(sources)],
        ...['tfjs_backend.cc', 'tfjs_binding.cc'].map((name) => join(sources, name)),
        ...Object.keys(extras).map((name) => join(scratch, name)),
        ...linkArguments(layout),
        `-Wl,-rpath,${runtimePath}`,
        ...['-o', output],
      ],
      { env, signal, advice: compilerAdvice },
    );
    if (result.code !== 0) {
      throw new PareError(
        'COMPILE_FAILED',
        `${compiler} could not compile the binding against ${layout.libraryDirectory}:\n${lastLines(result)}`,
      );
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function nodeHeaders(): string {
  const require = createRequire(import.meta.url);
  return join(dirname(require.resolve('node-api-headers/package.json')), 'include');
}

function linkArguments({ libraries }: LibraryLayout): string[] {
  // The macOS linker has no -l:name; and there the symbols of Node are found when it is loaded.
  if (process.platform === 'darwin') {
    return ['-undefined', 'dynamic_lookup', ...libraries.map(({ path }) => path)];
  }
  const folders = [...new Set(libraries.map(({ path }) => `-L${dirname(path)}`))];
  // Node unloads an addon with the last thread that used it, but TensorFlow's own threads go on:
  // without nodelete the process crashes when a worker thread ends.
  const names = libraries.map(({ path }) => `-l:${basename(path)}`);
  return [...folders, ...names, '-Wl,-z,nodelete'];
}
