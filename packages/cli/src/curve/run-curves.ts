import { operatingCurve } from '@pare/core';
import type { Curve, Split } from '@pare/core';
import type { Axis, ReportedRun } from './choose-axis.ts';

/** Curves of runs, and the split that they are about where it is one. */
export interface RunCurves {
  readonly curves: readonly Curve[];
  readonly split: Split | undefined;
}

/** One curve for each run, by its name; by its folder where two have the same name. */
export function runCurves(runs: readonly ReportedRun[], { valueOf }: Axis): RunCurves {
  const splits = new Set(runs.map(({ report }) => report.evaluation.split));
  const [split] = splits;
  const names = runs.map(({ report }) => report.name);
  const curves = runs.map(({ folder, report }) => {
    const isAlone = names.indexOf(report.name) === names.lastIndexOf(report.name);
    const name = isAlone ? report.name : folder;
    const about =
      splits.size === 1 ? report.method : `${report.method}, ${report.evaluation.split}`;
    return operatingCurve(`${name} (${about})`, report.points, valueOf);
  });
  return { curves, split: splits.size === 1 ? split : undefined };
}
