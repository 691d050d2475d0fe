import { NetworkBuilder } from '@pare/graph';
import { chooseEngine } from './engine/choose-engine.ts';
import { cliVersion } from './version.ts';
import type { ExperimentParts, Run } from '@pare/core';
import type { Composition } from './compose.ts';

/** Makes what a configuration names. The data come first: what is missing there is told before an engine starts. */
export async function openParts(
  { config }: Pick<Composition, 'config'>,
  run: Run,
  signal: AbortSignal,
): Promise<ExperimentParts> {
  const model = await run.create('model', config.model);
  const dataset = await run.create('dataset', config.dataset);
  const method = await run.create('method', config.method);
  const network = model.build(new NetworkBuilder(), dataset.info);
  const { engine, reference, notice } = await chooseEngine(run, config.engine);
  return {
    network,
    dataset,
    method,
    engine,
    seed: config.seed,
    settings: config.trainer,
    signal,
    // The engine that was chosen goes into the run folder, so that a resumed run takes the same one.
    config: { ...config, engine: reference },
    notices: [notice],
    versions: { '@pare/cli': cliVersion() },
  };
}
