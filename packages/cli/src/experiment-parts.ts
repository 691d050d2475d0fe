import { loadStart } from '@pare/core';
import { NetworkBuilder } from '@pare/graph';
import { chooseEngine } from './engine/choose-engine.ts';
import { cliVersion } from './version.ts';
import type { ExperimentParts, ExperimentOptions, Run, RunConfig } from '@pare/core';
import type { Network } from '@pare/graph';
import type { Composition } from './compose.ts';

/** Where the weights of a run are: a new one may read them from what `start` names, an older one has them in its checkpoint. */
export type WeightSource = 'start' | 'checkpoint';

/**
 * Makes what a configuration names. Weights and data come first: what is missing there is told before an engine starts.
 */
export async function openParts(
  { config }: Pick<Composition, 'config'>,
  run: Run,
  signal: AbortSignal,
  source: WeightSource,
): Promise<ExperimentParts & Pick<ExperimentOptions, 'weights'>> {
  const model = await run.create('model', config.model);
  const dataset = await run.create('dataset', config.dataset);
  const method = await run.create('method', config.method);
  const network = model.build(new NetworkBuilder(), dataset.info);
  const { notices, ...first } = await firstWeights(config, network, source);
  const { engine, reference, notice } = await chooseEngine(run, config.engine);
  return {
    network,
    ...first,
    dataset,
    method,
    engine,
    seed: config.seed,
    settings: config.trainer,
    signal,
    // What was chosen goes into the run folder: a resumed run takes the same engine, and weights are told by their SHA-256.
    config: { ...config, engine: reference, ...(first.start && { start: first.start }) },
    notices: [notice, ...notices],
    versions: { '@pare/cli': cliVersion() },
  };
}

/** A resumed run only says what it once started from: that may be gone. */
async function firstWeights({ start }: RunConfig, network: Network, source: WeightSource) {
  if (!start) return { notices: [] };
  if (source === 'start') {
    const { reference, weights, notices } = await loadStart(network, start);
    return { start: reference, weights, notices };
  }
  const digest = start.sha256 === undefined ? '' : `, SHA-256 ${start.sha256}`;
  return { start, notices: [`started from ${start.path}${digest}`] };
}
