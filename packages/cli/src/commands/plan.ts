import { loadStart, planStages } from '@pare/core';
import { NetworkBuilder, costReport } from '@pare/graph';
import { composeConfig } from '../compose.ts';
import { describeStage } from '../plan/describe-stage.ts';
import { planText } from '../plan/plan-text.ts';
import type { Command, ConfigOptions } from '../command.ts';

/** `pare plan`: what a run would do, from the network and the data alone; needs no engine and trains nothing. */
export const planCommand: Command<[config: string, options: ConfigOptions]> = async (
  context,
  path,
  options,
) => {
  const { registry, config } = await composeConfig(context, path, options);
  await using run = registry.openRun({ seed: config.seed });
  const model = await run.create('model', config.model);
  const { info } = await run.create('dataset', config.dataset);
  const method = await run.create('method', config.method);
  const network = model.build(new NetworkBuilder(), info);
  const images = info.sizes.train ?? 0;
  const planned = { network, dataset: info, hasStart: config.start !== undefined };
  const stages = planStages(method, planned).map((stage) => describeStage(stage, network, images));
  const start = config.start && (await loadStart(network, config.start));
  const cost = costReport(network);
  const parameters = network.parameters.map(({ name, layer, role, shape, trainable }) => ({
    name,
    layer,
    role,
    shape,
    trainable,
  }));
  const plan = {
    config,
    dataset: info,
    paper: method.paper,
    ...(start && { start: { ...start.reference, notices: start.notices } }),
    stages,
    tables: method.planTables?.(planned) ?? [],
    cost,
    parameters,
  };
  context.output.print(planText(plan));
  return { fields: plan };
};
