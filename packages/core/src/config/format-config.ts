import { stringify } from 'yaml';
import type { RunConfig } from './run-config.ts';

/** A configuration as YAML; read and resolved again it is the same. */
export function formatConfig(config: RunConfig): string {
  return stringify(config, { aliasDuplicateObjects: false, lineWidth: 100 });
}
