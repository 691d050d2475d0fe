import { add, constant, cutParameters, div, input, mul } from '@pare/graph';
import { cosinePenalty, endPointPairs } from '../line/cosine-penalty.ts';
import { layerParameters } from '../line/layers.ts';
import { pointOnLine } from '../line/point-on-line.ts';
import { channelsOf } from './channel-counts.ts';
import { alphaInput, passName } from './pass-names.ts';
import { wholeStatistics } from './running-statistics.ts';
import { fixedCuts, runTimeCuts } from './width-cuts.ts';
import { alphaOf, widthSamples } from './width-samples.ts';
import type { Objective, ObjectiveContext } from '@pare/core';
import type { Network, Value } from '@pare/graph';
import type { LcsSettings } from '../settings.ts';
import type { WidthCuts } from './width-cuts.ts';
import type { WidthSample } from './width-samples.ts';

interface Pass {
  readonly width: WidthSample;
  readonly cuts: WidthCuts;
  readonly logits: Value;
  readonly loss: Value;
}

/**
 * Sum of the losses of all passes of a step, all in one program, and for a line the squared cosine of the norm scales. Running
 * statistics go from pass to pass in the authors' order.
 */
export function structuredObjective(context: ObjectiveContext, settings: LcsSettings): Objective {
  const { network } = context;
  const statistics = new Map<string, Value>();
  const passes = widthSamples(settings).map((width, i) =>
    runPass(context, settings, { width, name: passName(i), statistics }),
  );
  const loss = passes.map((pass) => pass.loss).reduce(add);
  const widest = passes.reduce((a, b) => ((b.width ?? 0) > (a.width ?? 0) ? b : a));
  const variables = new Map(network.parameters.map(({ name, variable }) => [name, variable]));
  const updates = [...statistics].map(([name, value]) => ({
    variable: variables.get(name)!,
    value,
  }));
  const inputs = passes.flatMap((pass) => pass.cuts.inputs);
  const shared = { logits: widest.logits, updates, inputs };
  const { loss: mean, ...own } = lossMetrics(passes);
  if (settings.variant !== 'lcs-l')
    return { ...shared, total: loss, metrics: { loss: mean, ...own } };
  const { normScales } = layerParameters(network);
  const cosine = cosinePenalty(endPointPairs(network, normScales));
  return {
    ...shared,
    total: add(loss, mul(settings.beta, cosine)),
    metrics: { loss: mean, cosine, ...own },
  };
}

/** Mean of all passes, which compares with losses in evaluation; of each known width; of the random ones together. */
function lossMetrics(passes: readonly Pass[]): { readonly loss: Value } & Record<string, Value> {
  const mean = (of: readonly Pass[]) => div(of.map(({ loss }) => loss).reduce(add), of.length);
  const random = passes.filter(({ width }) => width === undefined);
  const known = passes.filter(({ width }) => width !== undefined);
  return {
    loss: mean(passes),
    ...Object.fromEntries(known.map((pass) => [`loss at ${pass.width}`, pass.loss])),
    ...(random.length > 0 && { 'loss at random widths': mean(random) }),
  };
}

function runPass(
  { network, forward, taskLoss }: ObjectiveContext,
  settings: LcsSettings,
  { width, name, statistics }: { width: WidthSample; name: string; statistics: Map<string, Value> },
): Pass {
  const cuts = width === undefined ? runTimeCuts(network, name) : fixedCuts(network, width);
  const point = settings.variant === 'lcs-l' ? linePoint(network, settings, width, name) : [];
  const values = new Map([...point, ...statistics]);
  const weights = new Map([
    ...values,
    ...cutParameters(network, channelsOf(network), cuts.cuts, values),
  ]);
  const { output, updates } = forward(weights);
  const after = wholeStatistics(network, updates, cuts.cuts, statistics);
  after.forEach((value, key) => statistics.set(key, value));
  return { width, cuts, logits: output, loss: taskLoss(output) };
}

function linePoint(
  network: Network,
  settings: LcsSettings,
  width: WidthSample,
  name: string,
): Map<string, Value> {
  const alpha = width === undefined ? undefined : alphaOf(settings, width);
  return pointOnLine(
    network,
    alpha === undefined ? input(alphaInput(name), []) : constant([alpha], []),
  );
}
