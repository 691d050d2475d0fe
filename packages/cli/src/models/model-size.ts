import { NetworkBuilder, costReport } from '@pare/graph';
import { isKnownError } from '../exit-codes.ts';
import type { Model, ModelTask } from '@pare/core';
import type { CostReport } from '@pare/graph';

/** A model for some images: what it costs, or why it cannot be built. */
export type ModelCost =
  | { readonly task: ModelTask; readonly cost: CostReport; readonly problem?: undefined }
  | { readonly task: ModelTask; readonly cost?: undefined; readonly problem: string };

/** Builds a model for a task; no weights are made. */
export function modelCost(model: Model, task: ModelTask): ModelCost {
  try {
    return { task, cost: costReport(model.build(new NetworkBuilder(), task)) };
  } catch (error) {
    if (!isKnownError(error)) throw error;
    return { task, problem: error.message };
  }
}

/** The totals of a model for programs: no layers. */
export function sizeFields({ task, cost, problem }: ModelCost) {
  if (!cost) return { ...task, problem };
  const { layers: _layers, ...totals } = cost;
  return { ...task, ...totals };
}
