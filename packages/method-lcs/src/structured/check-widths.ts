import { PareError } from '@pare/core';
import { layerParameters } from '../line/layers.ts';
import { someOf } from '../line/some-of.ts';
import { normsOf, requireNorms } from '../norms.ts';
import { channelsOf, slimmableGroups } from './channel-counts.ts';
import type { Network } from '@pare/graph';
import type { LcsSettings } from '../settings.ts';

/**
 * Whether the widths of a network can change. Throws LCS_NORM for norms that do not fit the variant, LCS_NOT_SLIMMABLE where no layer
 * can; warns of layers that keep their width.
 */
export function checkWidths(
  network: Network,
  { variant, reference }: LcsSettings,
  warn: (message: string) => void,
): void {
  const allowed = variant === 'ns' ? (['batch'] as const) : (['instance', 'batch'] as const);
  requireNorms(network, `the setting "structured" with the variant "${variant}"`, allowed);
  if (variant === 'lcs-l') checkLine(network, reference, warn);
  if (slimmableGroups(network).length === 0) {
    const reasons = new Set(channelsOf(network).groups.map(({ fixed }) => fixed));
    throw new PareError(
      'LCS_NOT_SLIMMABLE',
      `method "lcs": "${network.name}" has no layer whose width can change: ${[...reasons].join('; ')}.`,
    );
  }
  for (const [reason, layers] of unchangedLayers(network)) {
    const count = `${layers.length} ${layers.length === 1 ? 'layer keeps its' : 'layers keep their'}`;
    warn(`lcs: ${count} number of outputs at every width (${someOf(layers)}): ${reason}.`);
  }
}

/** Layers other than the last whose outputs cannot become fewer, by the reason. */
function unchangedLayers(network: Network): Map<string, string[]> {
  const { axes } = channelsOf(network);
  const { stem, blocks } = layerParameters(network);
  const layers = new Map<string, string[]>();
  for (const { name, layer } of [...stem, ...blocks]) {
    // Filters of one channel each make as many outputs as they read.
    const made = axes.get(name)?.findLast((axis) => axis !== undefined)?.groups ?? [];
    const reason = made.find(({ fixed }) => fixed !== undefined)?.fixed;
    if (reason) layers.set(reason, [...(layers.get(reason) ?? []), layer]);
  }
  return layers;
}

/** The line is one of norms. */
function checkLine(network: Network, reference: boolean, warn: (message: string) => void): void {
  const norms = normsOf(network);
  if (norms.size === 0) {
    throw new PareError(
      'LCS_NORM',
      `method "lcs": the line of the setting "structured" is one of norms; "${network.name}" has none. Set the model's option "norm" to "instance", or use the variant "lcs-p".`,
    );
  }
  if (!norms.has('batch')) return;
  const what = 'a line of slimmable batch norms does not exist in the authors’ code';
  if (reference) {
    throw new PareError(
      'LCS_NORM',
      `method "lcs": ${what}. Use instance norm, or the default preset.`,
    );
  }
  warn(`lcs: ${what}; it is an extension here. One set of statistics serves all widths.`);
}
