import { PareError } from '@pare/core';
import { add, input, mul } from '@pare/graph';
import { cosinePenalty, endPointPairs } from '../line/cosine-penalty.ts';
import { layerEndPoints, normEndPoints } from '../line/added-end-points.ts';
import { endPointName } from '../line/end-points.ts';
import { layerParameters } from '../line/layers.ts';
import { plainNetwork } from '../line/plain-network.ts';
import { hostWeightsAt, pointOnLine } from '../line/point-on-line.ts';
import { normsOf } from '../norms.ts';
import { numberCount } from '../number-count.ts';
import { floatScalar, intScalar } from '../scalars.ts';
import { sparsityReport } from './sparsity-report.ts';
import { hostKeepLargest } from './host-top-k.ts';
import { sampleKept } from './kept-share.ts';
import { keepLargest, keptCount } from './top-k.ts';
import type { CompressedState, Objective, ObjectiveContext } from '@pare/core';
import type { Network, Value } from '@pare/graph';
import type { Regime } from '../regime.ts';
import type { LcsSettings } from '../settings.ts';

const alphaInput = 'lcs.alpha';
const keptInput = (weight: string): string => `lcs.kept.${weight}`;

/** Magnitude pruning in each layer at a share chosen for every pass: lcs-l, lcs-p and the baseline target-topk. */
export function unstructuredRegime(settings: LcsSettings): Regime {
  const { variant, keep, grid } = settings;
  const isLine = variant === 'lcs-l';
  return {
    check: (network, warn) => checkNetwork(network, settings, warn),
    added: (network) => (isLine ? [...layerEndPoints(network), ...normEndPoints(network)] : []),
    objective: (context) => objective(context, settings),
    feeds: ({ step, random }, { network, warmUpSteps }) => {
      const sample = sampleKept(settings, step, warmUpSteps, random);
      return {
        ...(isLine && { [alphaInput]: floatScalar(sample.alpha) }),
        ...Object.fromEntries(
          layerParameters(network).blocks.map((weight) => [
            keptInput(weight.name),
            intScalar(keptCount(sample.kept, numberCount([weight]))),
          ]),
        ),
      };
    },
    dials: () => [
      {
        name: 'keep',
        from: variant === 'target-topk' ? 0 : keep[0],
        to: variant === 'target-topk' ? 1 : keep[1],
        description: 'share of the weights that is kept in each layer',
      },
    ],
    points: () => grid.map((kept) => ({ name: `keep ${kept}`, settings: { keep: kept } })),
    at: (state, { keep: kept = grid[0]! }) => at(state, kept, isLine),
    report: (state) => sparsityReport(state, grid),
  };
}

function checkNetwork(
  network: Network,
  { variant }: LcsSettings,
  warn: (message: string) => void,
): void {
  const { stem, classifier, blocks } = layerParameters(network);
  if (blocks.length === 0) {
    throw new PareError(
      'LCS_NOTHING_TO_PRUNE',
      `method "lcs": the setting "unstructured" prunes layers between the first and the last one; "${network.name}" has none. Use a deeper network.`,
    );
  }
  const [dense, sparse] = [[...stem, ...classifier], blocks].map(numberCount);
  if (dense! > sparse!) {
    const share = Math.floor((100 * dense!) / (dense! + sparse!));
    warn(
      `lcs: the first and the last layer keep all their weights; in "${network.name}" these are ${share} % of all, so that no level leaves fewer.`,
    );
  }
  if (variant !== 'target-topk' && normsOf(network).has('batch')) {
    warn(
      'lcs: one set of batch norm statistics has to serve every share of kept weights; the method is meant for group norm (model option "norm").',
    );
  }
}

function objective(
  { network, forward, taskLoss }: ObjectiveContext,
  { variant, beta }: LcsSettings,
): Objective {
  const isLine = variant === 'lcs-l';
  const alpha = input(alphaInput, []);
  const point: ReadonlyMap<string, Value> = isLine ? pointOnLine(network, alpha) : new Map();
  const { stem, classifier, blocks } = layerParameters(network);
  const sparse = blocks.map(({ name, variable }): [string, Value] => [
    name,
    keepLargest(point.get(name) ?? variable, input(keptInput(name), [], 'int32')),
  ]);
  const { output, updates } = forward(new Map([...point, ...sparse]));
  const loss = taskLoss(output);
  if (!isLine) return { total: loss, logits: output, metrics: { loss }, updates };
  const cosine = cosinePenalty(endPointPairs(network, [...stem, ...blocks, ...classifier]));
  return {
    total: add(loss, mul(beta, cosine)),
    logits: output,
    metrics: { loss, cosine },
    updates,
  };
}

function at({ network, weights }: CompressedState, kept: number, isLine: boolean): CompressedState {
  const ends = new Set(network.parameters.map(({ name }) => endPointName(name)));
  const plain = plainNetwork(network, (name) => ends.has(name));
  const dense = isLine ? hostWeightsAt(plain.parameters, weights, kept) : new Map(weights);
  for (const { name } of layerParameters(plain).blocks) {
    dense.set(name, hostKeepLargest(dense.get(name)!, kept));
  }
  return { network: plain, weights: dense };
}
