import { createRequire } from 'node:module';

/** Version of this package, as its package.json says. */
export function cliVersion(): string {
  const read = createRequire(import.meta.url);
  return (read('../package.json') as { version: string }).version;
}
