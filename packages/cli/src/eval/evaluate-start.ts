import { resolve } from 'node:path';
import {
  PareError,
  datasetFacts,
  evaluateNetwork,
  loadStart,
  partOf,
  readConfig,
} from '@pare/core';
import { NetworkBuilder } from '@pare/graph';
import { composeConfig } from '../compose.ts';
import { chooseEngine } from '../engine/choose-engine.ts';
import { evaluationText } from './evaluation-text.ts';
import { readSplit } from './read-split.ts';
import type { RunConfig } from '@pare/core';
import type { CommandContext } from '../command.ts';
import type { EvalOptions } from '../commands/eval.ts';
import type { CommandResult } from '../output/output.ts';

/**
 * Loss and accuracy of the network of a configuration with the weights that it starts from: nothing is trained, and its
 * method has no part in it. Throws USAGE where there is no `start`, or where a setting is asked for.
 */
export async function evaluateStart(
  context: CommandContext,
  path: string,
  options: EvalOptions,
): Promise<CommandResult> {
  const split = readSplit(options.split);
  const { engine: wanted, set = [] } = options;
  const data = await otherData(context, path, options);
  const { registry, config } = await composeConfig(context, path, {
    engine: wanted,
    set: [...data, ...set],
  });
  const reference = startOf(config, path, options);
  const signal = context.host.heedInterruption();
  await using run = registry.openRun({ seed: config.seed });
  const model = await run.create('model', config.model);
  const dataset = await run.create('dataset', config.dataset);
  const network = model.build(new NetworkBuilder(), dataset.info);
  const start = await loadStart(network, reference);
  const { engine, notice } = await chooseEngine(run, config.engine);
  for (const line of [notice, ...start.notices]) context.output.remark(line);
  const { weights } = start;
  const evaluation = await evaluateNetwork({ network, weights, dataset, engine, split, signal });
  if (!evaluation) throw new PareError('INTERRUPTED', 'The evaluation was stopped.');
  const text = evaluationText(evaluation);
  context.output.print(
    `${text}, before any training\n${dataset.info.name}; weights of ${reference.path}`,
  );
  return {
    fields: {
      start: start.reference,
      dataset: datasetFacts(dataset.info),
      engine: engine.info,
      evaluation,
    },
  };
}

/** Another data set than the configuration has; of the same one the configuration knows the options. */
async function otherData(
  { host }: CommandContext,
  path: string,
  { dataset }: EvalOptions,
): Promise<string[]> {
  if (dataset === undefined) return [];
  const config = await readConfig(resolve(host.cwd, path));
  return partOf(config, 'dataset')?.name === dataset ? [] : [`dataset=${JSON.stringify(dataset)}`];
}

function startOf({ start }: RunConfig, path: string, { at, grid }: EvalOptions) {
  if (!start) {
    throw new PareError(
      'USAGE',
      `${path} has no "start", so there are no weights to evaluate. Give the folder of a run or of a model, or weights with --set start=<path>.`,
    );
  }
  if (at !== undefined || grid !== undefined) {
    throw new PareError(
      'USAGE',
      `--at and --grid are for results of a method; ${path} has not been run. Give the folder of a run or of a model.`,
    );
  }
  return start;
}
