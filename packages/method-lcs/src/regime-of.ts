import { lecRegime } from './lec/lec-regime.ts';
import { quantizedRegime } from './quantized/quantized-regime.ts';
import { structuredRegime } from './structured/structured-regime.ts';
import { unstructuredRegime } from './unstructured/unstructured-regime.ts';
import type { Regime } from './regime.ts';
import type { LcsSettings } from './settings.ts';

/** The regime of a setting and its variant. */
export function regimeOf(settings: LcsSettings): Regime {
  if (settings.variant === 'lec') return lecRegime(settings);
  if (settings.setting === 'structured') return structuredRegime(settings);
  if (settings.setting === 'quantized') return quantizedRegime(settings);
  return unstructuredRegime(settings);
}
