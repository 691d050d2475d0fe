import { cacheDirectoryOf } from './cache.ts';
import type { ProvisionEvent, ProvisionOptions } from './native-library.ts';

/** What every step of an install needs to know, resolved once from the options. */
export interface InstallContext {
  readonly env: NodeJS.ProcessEnv;
  readonly projectDirectory: string;
  readonly cacheDirectory: string;
  readonly force: boolean;
  readonly signal?: AbortSignal;
  readonly report: (event: ProvisionEvent) => void;
}

/** Fills in the defaults of `ProvisionOptions`. */
export function createInstallContext(
  options: ProvisionOptions = {},
  report: (event: ProvisionEvent) => void = () => {},
): InstallContext {
  const env = options.env ?? process.env;
  return {
    env,
    projectDirectory: options.projectDirectory ?? process.cwd(),
    cacheDirectory: cacheDirectoryOf(env),
    force: options.force ?? false,
    signal: options.signal,
    report,
  };
}
