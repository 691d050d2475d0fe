import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  PareError,
  applyOverrides,
  checkTrained,
  datasetFacts,
  defaultPoint,
  evaluateNetwork,
  loadArtifact,
  stateAt,
} from '@pare/core';
import { compose } from '../compose.ts';
import { chooseEngine } from '../engine/choose-engine.ts';
import { chooseDataset } from '../eval/choose-dataset.ts';
import { evaluateSettings } from '../eval/evaluate-settings.ts';
import { evaluateStart } from '../eval/evaluate-start.ts';
import { evaluationText } from '../eval/evaluation-text.ts';
import { normalizationNotice } from '../eval/normalization-notice.ts';
import { readSettings } from '../eval/read-settings.ts';
import { readSplit } from '../eval/read-split.ts';
import { settingsTable } from '../eval/settings-table.ts';
import { formatBytes, formatCount } from '../text/quantity.ts';
import type { DatasetInfo } from '@pare/core';
import type { Command } from '../command.ts';
import type { MeasuredPoint } from '../eval/evaluate-settings.ts';
import type { SettingOptions } from '../eval/read-settings.ts';

/** Options of `pare eval`. */
export interface EvalOptions extends SettingOptions {
  readonly dataset?: string;
  readonly split?: string;
  readonly engine?: string;
  readonly set?: readonly string[];
}

/**
 * `pare eval`: loss and accuracy of a saved network at its default operating point; at settings that are asked for, what each
 * one takes and how fast it is, too. Of a configuration file: those of the weights that it starts from.
 */
export const evalCommand: Command<[path: string, options: EvalOptions]> = async (
  context,
  path,
  options,
) => {
  const place = resolve(context.host.cwd, path);
  if (statSync(place, { throwIfNoEntry: false })?.isFile())
    return await evaluateStart(context, path, options);
  const split = readSplit(options.split);
  const model = modelFolder(place);
  const artifact = await loadArtifact(model);
  const recipe = withOverrides(artifact.recipe as Record<string, unknown>, options);
  const { registry, config } = await compose(context, recipe, { directory: model, source: path });
  const difference = normalizationNotice(artifact.recipe, config.dataset);
  if (difference !== undefined) context.output.remark(difference);
  const signal = context.host.heedInterruption();
  await using run = registry.openRun({ seed: config.seed });
  const dataset = await run.create('dataset', config.dataset);
  const method = await run.create('method', config.method);
  const { network, weights, sizes } = artifact;
  checkTrained(method, artifact.recipe, network);
  const asked = options.at !== undefined || options.grid !== undefined;
  const settings = asked ? readSettings(method, { network, weights }, options) : [];
  const { engine, notice } = await chooseEngine(run, config.engine);
  context.output.remark(notice);
  const parts = { network, weights, method, engine, dataset, split, signal };
  const fields = { model, dataset: datasetFacts(dataset.info), sizes, engine: engine.info };
  if (asked) {
    const remark = (line: string) => context.output.remark(line);
    const measured = await evaluateSettings({ ...parts, settings, remark });
    const [{ evaluation, point }] = measured as [MeasuredPoint];
    context.output.print(settingsText(measured, dataset.info));
    return { fields: { ...fields, evaluation, at: point.name, points: measured } };
  }
  const point = defaultPoint(method, artifact);
  const evaluation = await evaluateNetwork({ ...parts, ...stateAt(method, artifact, point) });
  if (!evaluation) throw new PareError('INTERRUPTED', 'The evaluation was stopped.');
  context.output.print(
    `${evaluationText(evaluation)}, at "${point.name}"\n` +
      `${dataset.info.name}; weights ${formatBytes(sizes.storedBytes)} stored, ${formatBytes(sizes.gzipBytes)} gzipped, ${formatBytes(sizes.denseBytes)} as float32`,
  );
  return { fields: { ...fields, evaluation, at: point.name } };
};

function settingsText(points: readonly MeasuredPoint[], { name }: DatasetInfo): string {
  const [{ evaluation, latency }] = points as [MeasuredPoint];
  return `${settingsTable(points)}\n\n${evaluation.split} split of ${name}, ${formatCount(evaluation.count)} images; latency of one image: median, least and greatest of ${latency.runs} runs`;
}

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
    dataset: chooseDataset(recipe, dataset),
  };
  return applyOverrides(raw, set);
}
