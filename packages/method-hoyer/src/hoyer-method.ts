import { PareError } from '@pare/core';
import { sparsityReport } from './report/sparsity-report.ts';
import { hoyerSettings } from './settings.ts';
import { finetuneStage, pretrainStage, pruneStage, regularizedStage } from './stages.ts';
import type { Logger, Method, Stage } from '@pare/core';
import type { HoyerOptions } from './options.ts';

const paper =
  'H. Yang, W. Wen, H. Li: DeepHoyer: Learning Sparser Neural Network with Differentiable Scale-Invariant Sparsity Measures, ICLR 2020';

/** DeepHoyer: train with a sparsity-inducing regularizer, set small weights to 0, fine-tune the rest. */
export function hoyerMethod(options: HoyerOptions, log?: Pick<Logger, 'info'>): Method {
  const settings = hoyerSettings(options);
  const { pretrain, train, prune, finetune, batchSize } = settings;
  if (settings.regularizer === 'none' && settings.strength > 0) {
    log?.info(`hoyer: the strength ${settings.strength} has no effect without a regularizer.`);
  }
  if (settings.regularizer !== 'none' && settings.strength === 0) {
    log?.info(`hoyer: the regularizer "${settings.regularizer}" has no effect with strength 0.`);
  }
  return {
    name: 'hoyer',
    paper,
    plan: ({ network }) => {
      const stages: Stage[] = [];
      if (pretrain) stages.push(pretrainStage(pretrain, batchSize));
      if (train) stages.push(regularizedStage(train, settings));
      if (prune) stages.push(pruneStage(prune));
      if (finetune) stages.push(finetuneStage(finetune, settings, network));
      if (stages.length > 0) return stages;
      throw new PareError(
        'NOTHING_TO_DO',
        'hoyer: pretrain, train, prune and finetune are all false; leave at least one of them on.',
      );
    },
    report: sparsityReport,
    operatingPoints: () => [{ name: 'pruned', settings: {} }],
  };
}
