import { PareError, didYouMean, varyingDial } from '@pare/core';
import type { EvaluatedPoint, RunReport } from '@pare/core';

/** A run with the folder it was asked for by. */
export interface ReportedRun {
  readonly folder: string;
  readonly report: RunReport;
}

/** What accuracy is drawn over. */
export interface Axis {
  readonly name: string;
  readonly label: string;
  readonly valueOf: (point: EvaluatedPoint) => number;
}

const sizes: readonly Axis[] = [
  { name: 'macs', label: 'Multiply-adds for an image', valueOf: ({ size }) => size.macs },
  { name: 'nonzero', label: 'Parameters that are not zero', valueOf: ({ size }) => size.nonzero },
  { name: 'bytes', label: 'Bytes of weights, stored', valueOf: ({ size }) => size.storedBytes },
];

/**
 * The axis of a name. Default: the dial along which all runs go; else multiply-adds where they differ, else parameters that
 * are not zero. Throws UNKNOWN_AXIS where a run does not have it.
 */
export function chooseAxis(runs: readonly ReportedRun[], name = defaultAxis(runs)): Axis {
  const size = sizes.find((axis) => axis.name === name);
  if (size) return size;
  for (const { folder, report } of runs) {
    if (report.points.every(({ point }) => point.settings[name] !== undefined)) continue;
    const known = [...sizes.map((axis) => axis.name), ...settingsOf(report)];
    throw new PareError(
      'UNKNOWN_AXIS',
      `The operating points of ${folder} cannot be drawn over "${name}".${didYouMean(name, known)} They have: ${known.join(', ')}.`,
    );
  }
  return { name, label: name, valueOf: ({ point }) => point.settings[name]! };
}

function defaultAxis(runs: readonly ReportedRun[]): string {
  const [dial, ...others] = new Set(runs.map(({ report }) => varyingDial(report.points)));
  if (dial !== undefined && others.length === 0) return dial;
  const macs = runs.flatMap(({ report }) => report.points.map(({ size }) => size.macs));
  return new Set(macs).size > 1 ? 'macs' : 'nonzero';
}

const settingsOf = ({ points }: RunReport): string[] => [
  ...new Set(points.flatMap(({ point }) => Object.keys(point.settings))),
];
