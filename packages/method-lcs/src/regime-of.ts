import { structuredRegime } from './structured/structured-regime.ts';
import { unstructuredRegime } from './unstructured/unstructured-regime.ts';
import type { Regime } from './regime.ts';
import type { LcsSettings } from './settings.ts';

/** The regime of a setting and its variant. */
export function regimeOf(settings: LcsSettings): Regime {
  if (settings.setting === 'structured') return structuredRegime(settings);
  return unstructuredRegime(settings);
}
