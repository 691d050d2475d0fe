import { PareError } from '@pare/core';
import type { ConfigOptions } from './command.ts';

/** The options of a command line as settings for `applyOverrides`; --set comes last and wins. */
export function overridesOf({ set = [], name, seed, engine }: ConfigOptions): string[] {
  if (seed !== undefined && !/^\d+$/.test(seed)) {
    throw new PareError(
      'USAGE',
      `--seed must be a whole number of at least 0; received "${seed}".`,
    );
  }
  // Values are read as YAML, where JSON keeps a name a name ("on", "1e3").
  const quoted = (value: string | undefined) => value && JSON.stringify(value);
  const given = { name: quoted(name), seed, engine: quoted(engine) };
  const named = Object.entries(given).filter(([, value]) => value !== undefined);
  return [...named.map(([key, value]) => `${key}=${value}`), ...set];
}
