import { packData, unpackData } from './packed-data.ts';
import type { HostTensor, ReportTable, Tensors } from '@pare/core';

/** What is known of a step that has been done. */
export interface StepRecord {
  /** From 1; 0: direct compression. */
  readonly step: number;
  readonly mu: number;
  readonly learningRate: number;
  /** ‖w - Δ(Θ)‖² after the C step. */
  readonly distance: number;
  /** Compression ratio as the authors count it. */
  readonly ratio: number;
  /** Ranks that were selected, by task. */
  readonly ranks: string;
}

/** Name of the tensor with the records of all steps so far. */
export const historyName = 'lc:history';

/** Records as a tensor, for checkpoints. */
export const packHistory = (records: readonly StepRecord[]): HostTensor => packData(records);

/** The records that tensors hold; none before the first step. */
export function historyOf(tensors: Tensors): readonly StepRecord[] {
  const tensor = tensors.get(historyName);
  return tensor ? (unpackData(tensor) as StepRecord[]) : [];
}

/** The steps as a table. */
export function historyTable(records: readonly StepRecord[]): ReportTable {
  const withRanks = records.some(({ ranks }) => ranks !== '');
  return {
    title: 'Steps',
    columns: [
      { key: 'step', title: 'step' },
      { key: 'mu', title: 'μ' },
      { key: 'learningRate', title: 'learning rate' },
      { key: 'distance', title: '‖w - Δ‖²' },
      { key: 'ratio', title: 'compression ratio' },
      ...(withRanks ? [{ key: 'ranks', title: 'ranks' }] : []),
    ],
    rows: records.map(({ ranks, ...numbers }) => ({ ...numbers, ...(withRanks && { ranks }) })),
  };
}
