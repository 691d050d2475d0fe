import { resolve } from 'node:path';
import { curveChart, readRunReport } from '@pare/core';
import { chooseAxis } from '../curve/choose-axis.ts';
import { runCurves } from '../curve/run-curves.ts';
import { writePicture } from '../curve/write-picture.ts';
import { formatCount } from '../text/quantity.ts';
import type { Command } from '../command.ts';

/** Options of `pare curve`. */
export interface CurveOptions {
  /** `macs`, `nonzero`, `bytes` or the name of a dial. */
  readonly x?: string;
  /** File that is written. */
  readonly output?: string;
}

/** `pare curve`: the accuracy of runs at all their operating points as one picture. */
export const curveCommand: Command<[folders: readonly string[], options: CurveOptions]> = async (
  { host, output },
  folders,
  { x, output: file = 'curve.svg' },
) => {
  const runs = await Promise.all(
    folders.map(async (folder) => ({
      folder,
      report: await readRunReport(resolve(host.cwd, folder)),
    })),
  );
  const axis = chooseAxis(runs, x);
  const { curves, split } = runCurves(runs, axis);
  const title = `Accuracy over ${axis.name}`;
  const yLabel = split === undefined ? 'Accuracy (%)' : `Accuracy on ${split} (%)`;
  const svg = curveChart({ title, xLabel: axis.label, yLabel, curves, standalone: true });
  await writePicture(resolve(host.cwd, file), svg);
  const count = curves.reduce((sum, { points }) => sum + points.length, 0);
  const sources = curves.length === 1 ? '1 run' : `${curves.length} runs`;
  output.print(`${file}: ${title.toLowerCase()}, ${formatCount(count)} points of ${sources}`);
  return { fields: { file, x: axis.name, curves } };
};
