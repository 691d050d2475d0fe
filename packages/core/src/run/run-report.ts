import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PareError } from '../errors/pare-error.ts';
import { runFiles } from './run-folder.ts';
import type { Evaluation } from '../contracts/events.ts';
import type { Report } from '../contracts/report.ts';
import type { EvaluatedPoint } from './evaluated-point.ts';
import type { EpochEvent } from './run-recorder.ts';
import type { StageResult } from './stage-result.ts';

/** `report.json` of a finished run. */
export interface RunReport {
  /** Name of the run. */
  readonly name: string;
  /** Name of the method. */
  readonly method: string;
  readonly seconds: number;
  /** At the first operating point. */
  readonly evaluation: Evaluation;
  /** Numbers and tables for people. */
  readonly report: Report;
  /** Every operating point, exactly. */
  readonly points: readonly EvaluatedPoint[];
  readonly stages: readonly StageResult[];
  readonly epochs: readonly EpochEvent[];
}

/** Reads the report of a finished run. Throws NOT_A_RUN_FOLDER, RUN_NOT_FINISHED or REPORT_DAMAGED. */
export async function readRunReport(folder: string): Promise<RunReport> {
  const path = join(folder, runFiles.report);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw missing(folder, path, error as Error);
  });
  try {
    const report = JSON.parse(text) as RunReport;
    if (Array.isArray(report.points)) return report;
    throw new Error('it lacks "points"');
  } catch (error) {
    throw new PareError(
      'REPORT_DAMAGED',
      `Could not use ${path}: ${(error as Error).message}. Write it again: pare resume ${folder}`,
      { cause: error },
    );
  }
}

function missing(folder: string, path: string, cause: Error): PareError {
  if (existsSync(join(folder, runFiles.config))) {
    return new PareError(
      'RUN_NOT_FINISHED',
      `The run in ${folder} has no report yet. Finish it first: pare resume ${folder}`,
      { cause },
    );
  }
  return new PareError(
    'NOT_A_RUN_FOLDER',
    `Could not read ${path}: ${cause.message}. Expected the folder of a finished run, for example runs/<name>.`,
    { cause },
  );
}
