import { PareError } from '@pare/core';
import { add, mul, sign } from '@pare/graph';
import { normsOf, requireNorms } from '../norms.ts';
import { withBatchStatistics } from './batch-statistics.ts';
import { lecReport } from './lec-report.ts';
import { normPlaces } from './norm-places.ts';
import { pruneAt } from './prune-at.ts';
import type { Objective, ObjectiveContext } from '@pare/core';
import type { Network } from '@pare/graph';
import type { Regime } from '../regime.ts';
import type { LcsSettings } from '../settings.ts';

/**
 * Network Slimming (Liu et al. 2017), the baseline "lec" of LCS: an l1 subgradient on the scales of batch norms in training, then one
 * threshold for the channels of all norms, and no fine-tuning.
 */
export function lecRegime({ normSparsity, grid, reference }: LcsSettings): Regime {
  return {
    check: (network, warn) => checkNetwork(network, reference, warn),
    added: () => [],
    objective: plainLoss,
    feeds: () => ({}),
    // Not a part of the loss: it joins the gradient, and with it the momentum, as in the authors' code.
    adjust: ({ role, variable }, gradient) =>
      role === 'norm-scale' ? { gradient: add(gradient, mul(normSparsity, sign(variable))) } : {},
    dials: () => [
      {
        name: 'keep',
        from: 0,
        to: 1,
        description: 'share of the channels of all norms that is kept',
      },
    ],
    points: () => grid.map((keep) => ({ name: `keep ${keep}`, settings: { keep } })),
    at: (state, { keep = grid[0]! }) => {
      const pruned = pruneAt(state, keep).state;
      // The authors evaluate a network that was never switched to evaluation.
      return reference ? { ...pruned, network: withBatchStatistics(pruned.network) } : pruned;
    },
    report: (state) => lecReport(state, grid, reference ? 'batch' : 'running'),
  };
}

function plainLoss({ forward, taskLoss }: ObjectiveContext): Objective {
  const { output, updates } = forward();
  const loss = taskLoss(output);
  return { total: loss, logits: output, metrics: { loss }, updates };
}

function checkNetwork(network: Network, reference: boolean, warn: (message: string) => void): void {
  requireNorms(network, 'the variant "lec"', ['batch']);
  if (!normsOf(network).has('batch')) {
    throw new PareError(
      'LCS_NORM',
      `method "lcs": the variant "lec" prunes channels by the scales of batch norms; "${network.name}" has none. Set the model's option "norm" to "batch".`,
    );
  }
  const places = normPlaces(network);
  const masked = places.filter(({ use }) => use.kind === 'mask');
  if (masked.length === 0) return;
  const layers = masked.map(({ layer }) => layer).join(', ');
  const what = `${masked.length} of ${places.length} batch norms of "${network.name}" hand their channels on to more than convolutions and dense layers (${layers})`;
  if (reference) {
    throw new PareError(
      'LCS_NOT_SLIMMABLE',
      `method "lcs": ${what}; the authors’ code cannot slim such a network. Use the default preset, which sets their pruned channels to zero.`,
    );
  }
  warn(`lcs: ${what}; their pruned channels are set to zero and stay.`);
}
