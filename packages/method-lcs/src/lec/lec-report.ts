import { costReport } from '@pare/graph';
import { normPlaces } from './norm-places.ts';
import { pruneAt } from './prune-at.ts';
import { selectedNorms } from './slim-network.ts';
import type { CompressedState, Report, ReportTable } from '@pare/core';
import type { NormPlace } from './norm-places.ts';
import type { Pruned } from './prune-at.ts';

const short = (value: number) => Number(value.toFixed(6));

/**
 * What is left at each kept share. As in the authors' code parameters count a vector with an entry for each channel of a norm whose
 * channels are picked after it; sparsity compares with the network that is only masked, and is 0 where that one is used.
 */
export function lecReport(
  state: CompressedState,
  grid: readonly number[],
  statistics: 'batch' | 'running',
): Report {
  const places = normPlaces(state.network);
  const pruned = grid.map((keep) => [keep, pruneAt(state, keep)] as const);
  const channels = places.reduce((n, place) => n + place.channels, 0);
  return {
    values: {
      channels,
      'norms that are only masked': places.filter(({ use }) => use.kind === 'mask').length,
      'statistics in evaluation': statistics,
    },
    tables: [sizes(state, channels, pruned), channelTable(places, pruned)],
  };
}

type GridPoint = readonly [keep: number, pruned: Pruned];

function sizes(state: CompressedState, channels: number, grid: readonly GridPoint[]): ReportTable {
  const picked = selectedNorms(state.network).reduce((n, place) => n + place.channels, 0);
  const whole = costReport(state.network).parameters + picked;
  return {
    title: 'Size by kept share',
    columns: [
      { key: 'keep', title: 'Kept share' },
      { key: 'threshold', title: 'Threshold of |scale|' },
      { key: 'channels', title: 'Channels kept' },
      { key: 'masked', title: 'Channels pruned', unit: 'share' },
      { key: 'fallback', title: 'Only masked: a norm has no channel left' },
      { key: 'parameters', title: 'Parameters, selection vectors counted' },
      { key: 'sparsity', title: 'Sparsity' },
      { key: 'macs', title: 'Multiply-adds' },
    ],
    rows: grid.map(([keep, { threshold, kept, fallback, state: slim }]) => {
      const left = [...kept.values()].reduce((n, { length }) => n + length, 0);
      const cost = costReport(slim.network);
      const parameters = cost.parameters + picked;
      return {
        keep,
        threshold: short(threshold),
        channels: left,
        masked: short(1 - left / channels),
        fallback: String(fallback),
        parameters,
        sparsity: short(1 - parameters / whole),
        macs: cost.macs,
      };
    }),
  };
}

const treatment = ({ use }: NormPlace): string =>
  ({
    remove: () => 'removed',
    select: () => 'picked after the norm, whose input others read',
    mask: () => `only masked: ${use.kind === 'mask' ? use.reason : ''}`,
  })[use.kind]();

function channelTable(places: readonly NormPlace[], grid: readonly GridPoint[]): ReportTable {
  return {
    title: 'Channels by norm and kept share',
    columns: [
      { key: 'norm', title: 'Norm' },
      { key: 'pruned', title: 'Pruned channels are' },
      { key: 'channels', title: 'Channels' },
      ...grid.map(([keep]) => ({ key: `keep ${keep}`, title: `Keep ${keep}` })),
    ],
    rows: places.map((place) => ({
      norm: place.layer,
      pruned: treatment(place),
      channels: place.channels,
      ...Object.fromEntries(
        grid.map(([keep, { kept }]) => [`keep ${keep}`, kept.get(place)!.length]),
      ),
    })),
  };
}
