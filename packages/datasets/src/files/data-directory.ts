import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** What the environment says of the data directory. */
type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Folder of a data set where a configuration names none, and where `pare data fetch` puts its files: `<PARE_DATA_DIR>/<name>`, or
 * `data/<name>` in the cache of Pare (`PARE_CACHE_DIR`, `XDG_CACHE_HOME/pare`, `~/.cache/pare`).
 */
export function dataDirectory(dataset: string, environment: Environment = process.env): string {
  const { PARE_DATA_DIR, PARE_CACHE_DIR, XDG_CACHE_HOME } = environment;
  if (PARE_DATA_DIR) return resolve(PARE_DATA_DIR, dataset);
  const cache = PARE_CACHE_DIR ?? join(XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'pare');
  return resolve(cache, 'data', dataset);
}
