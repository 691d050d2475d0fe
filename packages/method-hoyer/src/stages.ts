import { adam } from '@pare/core';
import { add, mul, trainableParameters } from '@pare/graph';
import { freezeZeros } from './pruning/frozen-zeros.ts';
import { isPruned, pruneNetwork } from './pruning/prune-network.ts';
import { maskGradient, masksOf } from './pruning/static-mask.ts';
import { regularizer } from './regularizers/regularizer.ts';
import { sparsityReport } from './report/sparsity-report.ts';
import type { Network } from '@pare/graph';
import type { TrainStage, TransformContext, TransformStage } from '@pare/core';
import type { PrunedTensor, PruningSettings } from './pruning/prune-network.ts';
import type { FinetuneSettings, HoyerSettings, TrainSettings } from './settings.ts';

function trainStage(name: string, settings: TrainSettings, batchSize: number): TrainStage {
  const { epochs, learningRate, weightDecay } = settings;
  return { kind: 'train', name, epochs, batchSize, optimizer: adam({ learningRate, weightDecay }) };
}

/** Dense training before the regularizer is switched on. */
export function pretrainStage(settings: TrainSettings, batchSize: number): TrainStage {
  return trainStage('pretrain', settings, batchSize);
}

/** Training of task loss + strength · R; `reg` in the metrics is R itself, as the authors print it. */
export function regularizedStage(settings: TrainSettings, method: HoyerSettings): TrainStage {
  const stage = trainStage('train', settings, method.batchSize);
  const { regularizer: kind, strength, grouping } = method;
  if (kind === 'none' || strength === 0) return stage;
  const term = regularizer(kind, { grouping });
  return {
    ...stage,
    objective: (context) => {
      const { output, updates } = context.forward();
      const loss = context.taskLoss(output);
      const reg = term(context.network.parameters);
      return {
        total: add(loss, mul(strength, reg)),
        logits: output,
        metrics: { loss, reg },
        updates,
      };
    },
  };
}

function tell(context: TransformContext, pruned: readonly PrunedTensor[]): void {
  for (const { name, threshold } of pruned) {
    context.log(`Pruning with threshold : ${Number(threshold.toPrecision(7))} for layer ${name}`);
  }
  const weights = new Set(
    context.network.parameters.filter((p) => p.role === 'weight').map((p) => p.name),
  );
  const layers = pruned.filter(({ name }) => weights.has(name));
  const dead = layers.filter(({ alive }) => alive === 0);
  if (dead.length === 0) return;
  const what =
    dead.length === layers.length ? 'any layer' : dead.map(({ name }) => `"${name}"`).join(', ');
  context.log(
    `Warning: pruning left no weight alive in ${what}; the network gives one answer for every image. Lower the threshold or the strength.`,
  );
}

/** Sets small weights to 0 and reports what is left. */
export function pruneStage(settings: PruningSettings): TransformStage {
  return {
    kind: 'transform',
    name: 'prune',
    run: (context) => {
      const { weights, pruned } = pruneNetwork(context.network, context.weights, settings);
      tell(context, pruned);
      const state = { network: context.network, weights };
      return Promise.resolve({ ...state, report: sparsityReport(state) });
    },
  };
}

/** Training of what is left: weights that are 0 get no gradient. */
export function finetuneStage(
  settings: FinetuneSettings,
  method: HoyerSettings,
  network: Network,
): TrainStage {
  const { keep, freeze } = settings;
  const stage: TrainStage = {
    ...trainStage('finetune', settings, method.batchSize),
    keep,
    // The pruned network before any fine-tuning may be the best one.
    startCompetes: keep === 'best',
  };
  if (freeze === 'zeros') {
    return {
      ...stage,
      adjust: (parameter, gradient) => ({ gradient: freezeZeros(parameter, gradient) }),
    };
  }
  const { prune } = method;
  const masked = trainableParameters(network).filter((p) =>
    prune ? isPruned(p, prune) : p.role === 'weight',
  );
  const names = new Set(masked.map(({ name }) => name));
  return {
    ...stage,
    variables: ({ weights }) => masksOf(new Map([...weights].filter(([name]) => names.has(name)))),
    adjust: (parameter, gradient) =>
      names.has(parameter.name) ? { gradient: maskGradient(parameter, gradient) } : {},
  };
}
