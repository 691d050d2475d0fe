import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { isMainThread } from 'node:worker_threads';

import { PareError } from '@pare/core';

import { cacheDirectoryOf } from './cache.ts';
import type { NativeBinding } from './native-binding.ts';
import { findCachedLibrary } from './ready-library.ts';
import { directoryVariable } from './sources/directory.ts';
import { findCompiledBindings } from './tfjs-package.ts';

const require = createRequire(import.meta.url);

/** A loaded binding and the file it came from. */
export interface LoadedBinding {
  readonly binding: NativeBinding;
  readonly path: string;
}

/** RTLD_NODELETE of Linux, which Node does not name. */
const keepLoaded = 0x1000;

let loaded: LoadedBinding | undefined;

/**
 * Loads the provisioned binding into this process (0.5 s, then remembered): one compiled inside an
 * installed tfjs-node, else the cached one. Installs nothing. Throws ENGINE_NOT_INSTALLED.
 * TF_CPP_MIN_LOG_LEVEL is set to 2 when unset, so that TensorFlow prints errors only.
 */
export function loadBinding(): NativeBinding {
  return loadNative().binding;
}

/** As `loadBinding`, with the path of the file, from which a worker thread can load it too. */
export function loadNative(): LoadedBinding {
  loaded ??= load();
  return loaded;
}

function load(): LoadedBinding {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  const failures: string[] = [];
  for (const path of findCompiledBindings(process.cwd())) {
    const binding = tryLoad(path, failures);
    if (binding !== undefined) return binding;
  }
  const cacheDirectory = cacheDirectoryOf(process.env);
  const library = findCachedLibrary(cacheDirectory, process.env);
  const binding = library && tryLoad(library.bindingPath, failures);
  if (binding !== undefined) return binding;
  const place = process.env[directoryVariable]
    ? `for ${directoryVariable}=${process.env[directoryVariable]} in ${cacheDirectory}`
    : `in ${cacheDirectory}`;
  const reasons =
    failures.length > 0 ? ` What was found does not load: ${failures.join('; ')}.` : '';
  throw new PareError(
    'ENGINE_NOT_INSTALLED',
    `The TensorFlow engine is not installed ${place}.${reasons} ` +
      'Run `pare engine install` (it fetches up to 274 MB, and says so), or use the tfjs engine.',
  );
}

function tryLoad(path: string, failures: string[]): LoadedBinding | undefined {
  try {
    return { binding: open(path), path };
  } catch (error) {
    failures.push(`${path}: ${(error as Error).message}`);
    return undefined;
  }
}

function open(path: string): NativeBinding {
  if (isMainThread || process.platform !== 'linux') return require(path) as NativeBinding;
  // Node unloads an addon with the last thread that used it, but TensorFlow's own threads go on:
  // the process would crash when this thread ends. Our own builds are linked so; others are not.
  const module = { exports: {} };
  process.dlopen(module, path, constants.dlopen.RTLD_LAZY | keepLoaded);
  return module.exports as NativeBinding;
}
