import {
  isStructural,
  referenceGrouping,
  regularizerKind,
} from './regularizers/regularizer-kind.ts';
import type { HoyerOptions } from './options.ts';
import type { PruningSettings } from './pruning/prune-network.ts';
import type { Grouping } from './regularizers/group-terms.ts';
import type { RegularizerKind } from './regularizers/regularizer-kind.ts';

/** Settings of one training stage. */
export interface TrainSettings {
  readonly epochs: number;
  readonly learningRate: number;
  readonly weightDecay: number;
}

/** Settings of fine-tuning. */
export interface FinetuneSettings extends TrainSettings {
  readonly keep: 'best' | 'last';
  readonly freeze: 'zeros' | 'mask';
}

/** Options after the defaults that depend on other options are filled in. */
export interface HoyerSettings {
  readonly regularizer: RegularizerKind;
  readonly strength: number;
  readonly grouping: Grouping;
  readonly batchSize: number;
  readonly pretrain: TrainSettings | undefined;
  readonly train: TrainSettings | undefined;
  readonly prune: PruningSettings | undefined;
  readonly finetune: FinetuneSettings | undefined;
}

/** Strengths of the paper for LeNet-300-100; Group-Hoyer is not in it and has the default of the authors' code. */
const paperStrength: Readonly<Record<RegularizerKind, number>> = {
  none: 0,
  l1: 1e-3,
  hoyer: 0.02,
  'hoyer-square': 2e-4,
  'transformed-l1': 2e-5,
  'group-lasso': 1e-3,
  'group-hoyer': 1e-3,
  'group-hoyer-square': 2e-3,
};
const referenceStrength = 1e-3;

/** Defaults of the authors' prun_tune_V and prun_tune_T. */
const finetuneDefaults = {
  'std-ratio': { epochs: 50, learningRate: 1e-3, weightDecay: 1e-4, keep: 'best' },
  fixed: { epochs: 100, learningRate: 1e-4, weightDecay: 0, keep: 'last' },
} as const;

function finetuneSettings(options: HoyerOptions): FinetuneSettings | undefined {
  const { finetune, prune, preset } = options;
  if (!finetune) return undefined;
  const defaults = finetuneDefaults[prune ? prune.rule : 'std-ratio'];
  const merged = { ...defaults, ...defined(finetune), freeze: finetune.freeze };
  // The authors' V script tests before each epoch and never after the last one, which therefore changes nothing.
  const isScriptV = preset === 'reference' && (!prune || prune.rule === 'std-ratio');
  const unused = isScriptV && merged.keep === 'best' ? 1 : 0;
  return merged.epochs > unused ? { ...merged, epochs: merged.epochs - unused } : undefined;
}

function defined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as never;
}

function trainSettings({ train }: HoyerOptions, structural: boolean): TrainSettings | undefined {
  // Weight decay as in the authors' element and structure scripts; the latter has it without a regularizer too.
  return train
    ? { ...train, weightDecay: train.weightDecay ?? (structural ? 1e-4 : 0) }
    : undefined;
}

function regularizerSettings(options: HoyerOptions) {
  const reference = options.preset === 'reference';
  const regularizer = regularizerKind(options.regularizer, options.script);
  const ownScript = isStructural(regularizer) ? 'structure' : 'element';
  const script = options.script ?? (reference ? ownScript : undefined);
  const usual =
    reference && regularizer !== 'none' ? referenceStrength : paperStrength[regularizer];
  const strength = options.strength ?? usual;
  return {
    regularizer,
    strength,
    grouping: options.grouping ?? referenceGrouping(script, regularizer),
  };
}

/** Fills in the defaults that depend on the regularizer, the pruning rule and the preset. */
export function hoyerSettings(options: HoyerOptions): HoyerSettings {
  const regularization = regularizerSettings(options);
  return {
    ...regularization,
    batchSize: options.batchSize,
    pretrain: options.pretrain || undefined,
    train: trainSettings(
      options,
      options.script === 'structure' || isStructural(regularization.regularizer),
    ),
    prune: options.prune || undefined,
    finetune: finetuneSettings(options),
  };
}
