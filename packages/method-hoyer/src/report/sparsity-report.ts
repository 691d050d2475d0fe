import { structureSummary } from './structure-summary.ts';
import { survivingMacs } from './surviving-macs.ts';
import { networkSparsity } from './tensor-sparsity.ts';
import type { CompressedState, Report, ReportTable } from '@pare/core';
import type { Share, TensorSparsity } from './tensor-sparsity.ts';

const left = (share: Share | undefined): string => (share ? `${share.alive} / ${share.total}` : '');

function tensorTable(tensors: readonly TensorSparsity[]): ReportTable {
  return {
    title: 'Weights left',
    columns: [
      { key: 'name', title: 'parameter' },
      { key: 'alive', title: 'left' },
      { key: 'total', title: 'of' },
      { key: 'percent', title: 'left', unit: '%' },
      { key: 'channels', title: 'inputs left' },
      { key: 'filters', title: 'outputs left' },
    ],
    rows: tensors.map(({ name, elements, channels, filters }) => ({
      name,
      alive: elements.alive,
      total: elements.total,
      percent: percentOf(elements),
      channels: left(channels),
      filters: left(filters),
    })),
  };
}

const percentOf = ({ alive, total }: Share): number => Math.round((1e4 * alive) / total) / 100;

/** What is left of a network: totals over all trainable parameters, element by element and by structure, and tables. */
export function sparsityReport({ network, weights }: CompressedState): Report {
  const tensors = networkSparsity(network, weights);
  const total = tensors.reduce((sum, { elements }) => sum + elements.total, 0);
  const alive = tensors.reduce((sum, { elements }) => sum + elements.alive, 0);
  const summary = structureSummary(tensors);
  const macs = survivingMacs(network, tensors);
  const macTable: ReportTable = {
    title: 'Multiply-adds of the structure left',
    columns: [
      { key: 'layer', title: 'layer' },
      { key: 'surviving', title: 'left' },
      { key: 'dense', title: 'of' },
    ],
    rows: macs.map((layer) => ({ ...layer })),
  };
  return {
    values: {
      total,
      alive,
      pruned: total - alive,
      kept: total === 0 ? 1 : alive / total,
      compression: alive === 0 ? 'inf' : total / alive,
      elementSparsity: summary.elements,
      structureSparsity: summary.structure,
      structureSparsityMean: summary.structureMean,
      denseMacs: macs.reduce((sum, layer) => sum + layer.dense, 0),
      structureMacs: macs.reduce((sum, layer) => sum + layer.surviving, 0),
    },
    tables: [tensorTable(tensors), macTable],
  };
}
