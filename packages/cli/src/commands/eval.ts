import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PareError, applyOverrides, didYouMean, evaluateNetwork, loadArtifact } from '@pare/core';
import { compose } from '../compose.ts';
import { chooseEngine } from '../engine/choose-engine.ts';
import { formatBytes, formatCount, formatNumber, formatPercent } from '../text/quantity.ts';
import type { Artifact, CompressedState, Method, OperatingPoint, Split } from '@pare/core';
import type { Command } from '../command.ts';

/** Options of `pare eval`. */
export interface EvalOptions {
  readonly dataset?: string;
  readonly split?: string;
  /** Name of an operating point. */
  readonly at?: string;
  readonly engine?: string;
  readonly set?: readonly string[];
}

const splits: readonly Split[] = ['train', 'validation', 'test'];

/** `pare eval`: loss and accuracy of a saved network at an operating point. */
export const evalCommand: Command<[folder: string, options: EvalOptions]> = async (
  context,
  folder,
  options,
) => {
  const split = readSplit(options.split);
  const model = modelFolder(resolve(context.host.cwd, folder));
  const artifact = await loadArtifact(model);
  const recipe = withOverrides(artifact.recipe as Record<string, unknown>, options);
  const { registry, config } = await compose(context, recipe, { directory: model, source: folder });
  const signal = context.host.heedInterruption();
  await using run = registry.openRun({ seed: config.seed });
  const dataset = await run.create('dataset', config.dataset);
  const method = await run.create('method', config.method);
  const point = findPoint(artifact, options.at);
  const state = stateAt(method, artifact, point);
  const { engine, notice } = await chooseEngine(run, config.engine);
  context.output.remark(notice);
  const evaluation = await evaluateNetwork({ ...state, engine, dataset, split, signal });
  if (!evaluation) throw new PareError('INTERRUPTED', 'The evaluation was stopped.');
  const { sizes } = artifact;
  context.output.print(
    `${evaluation.split} accuracy ${formatPercent(evaluation.accuracy)} (${formatCount(evaluation.correct)} of ${formatCount(evaluation.count)}), ` +
      `loss ${formatNumber(evaluation.loss)}${point ? `, at "${point.name}"` : ''}\n` +
      `${dataset.info.name}; weights ${formatBytes(sizes.storedBytes)} stored, ${formatBytes(sizes.gzipBytes)} gzipped, ${formatBytes(sizes.denseBytes)} as float32`,
  );
  return {
    fields: {
      model,
      evaluation,
      at: point?.name ?? null,
      dataset: dataset.info,
      sizes,
      engine: engine.info,
    },
  };
};

/** The model folder itself, or that of a run. */
function modelFolder(folder: string): string {
  const isModel = existsSync(join(folder, 'model.json'));
  if (isModel) return folder;
  if (existsSync(join(folder, 'checkpoints')) && !existsSync(join(folder, 'model'))) {
    throw new PareError(
      'RUN_NOT_FINISHED',
      `The run in ${folder} has no model yet. Finish it first: pare resume ${folder}`,
    );
  }
  return join(folder, 'model');
}

function withOverrides(
  recipe: Record<string, unknown>,
  { dataset, engine, set = [] }: EvalOptions,
): Record<string, unknown> {
  // Another machine may lack the engine that the network was made on; which one it is hardly matters here.
  const raw = {
    ...recipe,
    engine: engine ?? 'auto',
    ...(dataset === undefined ? {} : { dataset }),
  };
  return applyOverrides(raw, set);
}

function readSplit(split: string | undefined): Split | undefined {
  if (split === undefined || splits.includes(split as Split)) return split as Split | undefined;
  throw new PareError('USAGE', `--split must be one of ${splits.join(', ')}; received "${split}".`);
}

function findPoint({ operatingPoints }: Artifact, name?: string): OperatingPoint | undefined {
  if (name === undefined) return operatingPoints[0];
  const found = operatingPoints.find((point) => point.name === name);
  if (found) return found;
  const names = operatingPoints.map((point) => point.name);
  throw new PareError(
    'UNKNOWN_POINT',
    `The model has no operating point "${name}".${didYouMean(name, names)} It has: ${names.join(', ')}.`,
  );
}

function stateAt(
  method: Method,
  { network, weights }: CompressedState,
  point: OperatingPoint | undefined,
): CompressedState {
  const state = { network, weights };
  return point && method.at ? method.at(state, point) : state;
}
