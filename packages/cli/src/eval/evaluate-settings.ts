import { PareError, RunnableModel, measurePoint, systemClock } from '@pare/core';
import { formatPercent } from '../text/quantity.ts';
import type {
  Dataset,
  EvaluatedPoint,
  Latency,
  RunnableModelOptions,
  Setting,
  Split,
} from '@pare/core';

/** What a setting does and takes, and how fast it is here. */
export interface MeasuredPoint extends EvaluatedPoint {
  /** Of single images. */
  readonly latency: Latency;
  /** Time of the switch to this setting from the one before. */
  readonly switchMilliseconds: number;
}

/** What is evaluated, on what. */
export interface EvaluateSettingsOptions extends Omit<RunnableModelOptions, 'clock'> {
  readonly dataset: Dataset;
  readonly split: Split | undefined;
  readonly settings: readonly Setting[];
  readonly signal: AbortSignal;
  readonly remark: (line: string) => void;
}

/** Switches one model from setting to setting. Throws INTERRUPTED where the signal stopped it. */
export async function evaluateSettings(options: EvaluateSettingsOptions): Promise<MeasuredPoint[]> {
  const { dataset, split, settings, signal, remark } = options;
  await using model = await RunnableModel.open({ ...options, clock: systemClock });
  const measured: MeasuredPoint[] = [];
  for (const setting of settings) {
    const { point, milliseconds } = await model.at(setting);
    const how = { signal, ...(split && { split }) };
    const evaluation = await model.evaluate(dataset, how);
    if (!evaluation) throw new PareError('INTERRUPTED', 'The evaluation was stopped.');
    remark(`${point.name}: ${formatPercent(evaluation.accuracy)}`);
    measured.push({
      point,
      evaluation,
      size: measurePoint(model.plain()),
      latency: await model.latency(),
      switchMilliseconds: milliseconds,
    });
  }
  return measured;
}
