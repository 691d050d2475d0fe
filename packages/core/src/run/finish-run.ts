import { join } from 'node:path';
import { gzipSize, saveArtifact } from '../artifact/save-artifact.ts';
import { packWeights } from '../artifact/packed-weights.ts';
import { Evaluator } from '../evaluation/evaluator.ts';
import { coreVersion } from '../registry/core-version.ts';
import { stateAt } from '../runnable/state-at.ts';
import { curveChart } from './curve-chart.ts';
import { measurePoint } from './evaluated-point.ts';
import { finalReport } from './final-report.ts';
import { dialCurve } from './operating-curve.ts';
import { reportPage } from './report-page.ts';
import { runFiles } from './run-folder.ts';
import type { ArtifactSizes } from '../artifact/artifact.ts';
import type { Evaluation, RunEvent } from '../contracts/events.ts';
import type { CompressedState, OperatingPoint } from '../contracts/method.ts';
import type { EvaluatedPoint } from './evaluated-point.ts';
import type { ExperimentParts } from './experiment.ts';
import type { RunRecorder } from './run-recorder.ts';
import type { RunReport } from './run-report.ts';
import type { StageResult } from './stage-result.ts';

/** What a finished run is closed with. */
export interface FinishOptions {
  readonly parts: ExperimentParts;
  readonly name: string;
  readonly state: CompressedState;
  readonly results: readonly StageResult[];
  readonly recorder: RunRecorder;
  /** Time that the run has taken. */
  readonly seconds: () => number;
  /** Undefined where the signal stopped it. */
  readonly evaluate: (
    state: CompressedState,
    evaluator: Evaluator,
  ) => Promise<Evaluation | undefined>;
}

/** Evaluates the operating points, writes model and reports, and gives the last event. */
export async function finishRun(options: FinishOptions): Promise<RunEvent> {
  const { parts, name, state, results, recorder } = options;
  const points = parts.method.operatingPoints(state);
  const evaluations = await evaluatePoints(options, points);
  if (!evaluations) return { type: 'interrupted', message: recorder.resumeHint };
  const evaluation = evaluations[0]?.evaluation ?? results.at(-1)!.evaluation;
  const sizes = await keepModel(options, points, evaluation);
  const report = finalReport({
    original: parts.network,
    results,
    sizes,
    evaluations,
    notices: parts.notices ?? [],
    start: parts.start,
    method: parts.method.report(state),
  });
  const seconds = options.seconds();
  const { epochs } = recorder;
  const summary: RunReport = {
    name,
    method: parts.method.name,
    seconds,
    evaluation,
    report,
    points: evaluations,
    stages: results,
    epochs,
  };
  await recorder.write(runFiles.report, `${JSON.stringify(summary, undefined, 2)}\n`);
  await recorder.write(runFiles.reportPage, reportPage({ ...summary, results }));
  const curve = dialCurve(evaluations);
  if (curve) await recorder.write(runFiles.curve, curveChart({ ...curve, standalone: true }));
  return { type: 'result', evaluation, report, folder: recorder.folder ?? '', seconds };
}

async function evaluatePoints(
  { parts, state, results, evaluate }: FinishOptions,
  points: readonly OperatingPoint[],
): Promise<EvaluatedPoint[] | undefined> {
  const evaluated: EvaluatedPoint[] = [];
  await using evaluator = new Evaluator(parts);
  for (const [i, point] of points.entries()) {
    const there = stateAt(parts.method, state, point);
    // The last stage was evaluated at the first point.
    const known = !parts.method.at || i === 0;
    const evaluation = known ? results.at(-1)!.evaluation : await evaluate(there, evaluator);
    if (!evaluation) return undefined;
    evaluated.push({ point, evaluation, size: measurePoint(there) });
  }
  return evaluated;
}

async function keepModel(
  { parts, state, recorder }: FinishOptions,
  operatingPoints: readonly OperatingPoint[],
  evaluation: Evaluation,
): Promise<ArtifactSizes> {
  if (recorder.folder === undefined) {
    const { chunks, denseBytes, storedBytes } = packWeights(state.weights);
    return { denseBytes, storedBytes, gzipBytes: await gzipSize(chunks) };
  }
  return saveArtifact(join(recorder.folder, runFiles.model), {
    network: state.network,
    weights: state.weights,
    method: parts.method.name,
    operatingPoints,
    recipe: parts.config ?? {},
    metrics: { accuracy: evaluation.accuracy, loss: evaluation.loss, split: evaluation.split },
    versions: { '@pare/core': coreVersion(), ...parts.versions },
  });
}
