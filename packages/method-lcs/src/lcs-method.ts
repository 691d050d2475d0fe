import { PareError, initializeNetwork, sgd } from '@pare/core';
import { addParameters } from '@pare/graph';
import { checkRecipe } from './check-recipe.ts';
import { checkState } from './check-state.ts';
import { numberCount } from './number-count.ts';
import { lcsSettings } from './settings.ts';
import { regimeOf } from './regime-of.ts';
import { reportNote } from './report-note.ts';
import { lcsSchedule } from './schedule.ts';
import type {
  CompressedState,
  Logger,
  Method,
  PlanContext,
  Stage,
  TrainStage,
  TransformStage,
} from '@pare/core';
import type { Network } from '@pare/graph';
import type { LcsOptions } from './options.ts';
import type { Regime, RegimeContext } from './regime.ts';
import type { LcsSettings } from './settings.ts';

const paper =
  'E. Nunez, M. Horton, A. Prabhu, A. Ranjan, A. Farhadi, M. Rastegari: LCS: Learning Compressible Subspaces for Efficient, Adaptive, Real-Time Network Compression at Inference Time, WACV 2023';

/** LCS: trains networks that are compressed to any level when they are run. */
export function lcsMethod(options: LcsOptions, log?: Pick<Logger, 'warn'>): Method {
  const settingsFor = (network: { readonly name: string }) => lcsSettings(options, network.name);
  // The state may be any of a run or an artifact: what it needs is all in the options and the network.
  const regimeFor = (network: { readonly name: string }): Regime => regimeOf(settingsFor(network));
  const checked = new WeakSet<Network>();
  const runningRegime = (network: Network): Regime => {
    const regime = regimeFor(network);
    const chosen = `setting "${options.setting}", variant "${options.variant}"`;
    if (!checked.has(network)) checkState(network, regime, chosen);
    checked.add(network);
    return regime;
  };
  return {
    name: 'lcs',
    paper,
    plan: (context) => plan(context, settingsFor(context.network), log),
    report: (state) => {
      const { values, tables } = regimeFor(state.network).report(state);
      return { values: { note: reportNote(settingsFor(state.network)), ...values }, tables };
    },
    checkRecipe: (recipe, network) => checkRecipe(recipe, network.name, settingsFor(network)),
    operatingPoints: (state) => regimeFor(state.network).points(state),
    dials: (state) => regimeFor(state.network).dials(state),
    at: (state, { settings }) => runningRegime(state.network).at(state, settings),
    ...(hasDial(options) && {
      dial: (state: CompressedState) => runningRegime(state.network).dial!(state),
    }),
  };
}

/** Only widths change the size of layers at run time. */
const hasDial = ({ setting, variant }: LcsOptions): boolean =>
  setting === 'structured' && variant !== 'lec';

function plan(
  { network, dataset }: PlanContext,
  settings: LcsSettings,
  log?: Pick<Logger, 'warn'>,
): Stage[] {
  const regime = regimeOf(settings);
  regime.check(network, (message) => log?.warn(message));
  const images = dataset.sizes.train ?? 0;
  const warmUpSteps = stepsOf(settings, images);
  const added = regime.added(network);
  return [
    ...(added.length > 0 ? [extendStage(regime)] : []),
    trainingStage(regime, settings, { network, warmUpSteps }),
  ];
}

/** W = ceil(budget/100 · epochs · images / batch size), with real division, as the authors compute it. */
function stepsOf({ warmUpBudget, epochs, batchSize }: LcsSettings, images: number): number {
  return Math.ceil(((warmUpBudget / 100) * epochs * images) / batchSize);
}

/** Gives the network its second end points and whatever else the regime keeps beside the weights. */
function extendStage(regime: Regime): TransformStage {
  return {
    kind: 'transform',
    name: 'extend',
    run: ({ network, weights, random, log }) => {
      const added = regime.added(network);
      const extended = addParameters(network, added);
      const parameters = extended.parameters.slice(network.parameters.length);
      const first = initializeNetwork({ ...extended, parameters }, random);
      const count = numberCount(added);
      log(`added ${added.length} tensors with ${count} numbers to the network`);
      return Promise.resolve({ network: extended, weights: new Map([...weights, ...first]) });
    },
  };
}

function trainingStage(regime: Regime, settings: LcsSettings, planned: RegimeContext): TrainStage {
  const { epochs, batchSize, learningRate, momentum, weightDecay } = settings;
  if (settings.learningRateWarmUp >= epochs) {
    throw new PareError(
      'BAD_OPTIONS',
      `method "lcs": the warm-up of the learning rate takes ${settings.learningRateWarmUp} of ${epochs} epochs; expected less. Set "learningRateWarmUp" lower or "epochs" higher.`,
    );
  }
  return {
    kind: 'train',
    name: 'train',
    epochs,
    batchSize,
    optimizer: sgd({ learningRate, momentum, weightDecay }),
    schedule: lcsSchedule(settings.learningRateWarmUp),
    objective: (context) => regime.objective(context, { ...planned, network: context.network }),
    feeds: (progress) => regime.feeds(progress, planned),
    ...(regime.adjust && { adjust: regime.adjust }),
  };
}
