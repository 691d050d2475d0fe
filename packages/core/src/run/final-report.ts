import { costReport } from '@pare/graph';
import type { Network } from '@pare/graph';
import type { ArtifactSizes } from '../artifact/artifact.ts';
import type { StartReference } from '../config/start-reference.ts';
import type { Report, ReportTable } from '../contracts/report.ts';
import type { EvaluatedPoint } from './evaluated-point.ts';
import type { StageResult } from './stage-result.ts';

/** What the report of a run is made of. */
export interface FinalReportOptions {
  /** The network that the run started with. */
  readonly original: Network;
  readonly results: readonly StageResult[];
  readonly sizes: ArtifactSizes;
  readonly evaluations: readonly EvaluatedPoint[];
  /** What was told first, for example of the engine. */
  readonly notices: readonly string[];
  /** Where the first weights came from. */
  readonly start?: StartReference;
  /** What the method says. */
  readonly method: Report;
}

const percent = (share: number) => Number((100 * share).toFixed(2));

/** Report of a whole run: what was there before, what is there after, each stage, then the method's own tables. */
export function finalReport(options: FinalReportOptions): Report {
  const { results, sizes, evaluations, method } = options;
  const before = costReport(options.original);
  const first = results[0]!;
  const last = results.at(-1)!;
  const evaluation = evaluations[0]?.evaluation ?? last.evaluation;
  const { parameters, nonzero, macs } = last.size;
  const smaller = last.size.macs < before.macs;
  const values: Record<string, number | string> = {
    accuracy: evaluation.accuracy,
    loss: evaluation.loss,
    accuracyBefore: first.evaluation.accuracy,
    parametersBefore: before.parameters,
    parameters,
    nonzero,
    macsBefore: before.macs,
    macs,
    bytesBefore: before.bytes,
    bytes: sizes.storedBytes,
    gzipBytes: sizes.gzipBytes,
    ...startValues(options.start),
    ...(options.notices.length > 0 && { notices: options.notices.join('\n') }),
  };
  if (nonzero < parameters && !smaller) {
    values.note =
      'Zeros are left out of the stored file, but the network still computes with them: it is smaller, not faster.';
  }
  return {
    values: { ...values, ...method.values },
    tables: [
      changeTable(values, first),
      stageTable(results),
      ...pointTables(evaluations),
      ...method.tables,
    ],
  };
}

function startValues(start: StartReference | undefined): Record<string, string> {
  if (!start) return {};
  const { path, sha256 } = start;
  return { start: path, ...(sha256 !== undefined && { startSha256: sha256 }) };
}

function changeTable(
  values: Readonly<Record<string, number | string>>,
  { stage, kind, evaluation: { split } }: StageResult,
): ReportTable {
  const where = kind === 'start' ? 'of the start weights' : `after stage "${stage}"`;
  const row = (what: string, before: string, after: string) => {
    const [a, b] = [values[before] as number, values[after] as number];
    return { what, before: a, after: b, ratio: b > 0 ? Number((a / b).toFixed(2)) : '-' };
  };
  return {
    title: 'Before and after',
    columns: [
      { key: 'what', title: 'Quantity' },
      { key: 'before', title: 'Before' },
      { key: 'after', title: 'After' },
      { key: 'ratio', title: 'Before / after', unit: 'x' },
    ],
    rows: [
      {
        what: `Accuracy on ${split} (%), ${where} and at the end`,
        before: percent(values.accuracyBefore as number),
        after: percent(values.accuracy as number),
        ratio: '-',
      },
      row('Parameters in the network', 'parametersBefore', 'parameters'),
      row('Parameters that are not zero', 'parametersBefore', 'nonzero'),
      row('Multiply-adds for an image', 'macsBefore', 'macs'),
      row('Bytes of weights, stored', 'bytesBefore', 'bytes'),
      row('Bytes of weights, stored and gzipped', 'bytesBefore', 'gzipBytes'),
    ],
  };
}

function stageTable(results: readonly StageResult[]): ReportTable {
  return {
    title: 'Stages',
    columns: [
      { key: 'stage', title: 'Stage' },
      { key: 'accuracy', title: `Accuracy (${results[0]!.evaluation.split})`, unit: '%' },
      { key: 'loss', title: 'Loss' },
      { key: 'parameters', title: 'Parameters' },
      { key: 'nonzero', title: 'Not zero' },
      { key: 'macs', title: 'Multiply-adds' },
      { key: 'seconds', title: 'Time', unit: 's' },
    ],
    rows: results.map(({ stage, evaluation, size, seconds }) => ({
      stage,
      accuracy: percent(evaluation.accuracy),
      loss: Number(evaluation.loss.toPrecision(4)),
      ...size,
      seconds: Number(seconds.toFixed(1)),
    })),
  };
}

function pointTables(evaluations: readonly EvaluatedPoint[]): ReportTable[] {
  if (evaluations.length < 2) return [];
  const settings = [...new Set(evaluations.flatMap(({ point }) => Object.keys(point.settings)))];
  return [
    {
      title: 'Operating points',
      columns: [
        { key: 'point', title: 'Point' },
        ...settings.map((name) => ({ key: settingKey(name), title: name })),
        { key: 'accuracy', title: 'Accuracy', unit: '%' },
        { key: 'loss', title: 'Loss' },
        { key: 'nonzero', title: 'Parameters not zero' },
        { key: 'macs', title: 'Multiply-adds' },
        { key: 'bytes', title: 'Stored', unit: 'B' },
      ],
      rows: evaluations.map(({ point, evaluation, size }) => ({
        point: point.name,
        ...Object.fromEntries(
          settings.map((name) => [settingKey(name), point.settings[name] ?? '']),
        ),
        accuracy: percent(evaluation.accuracy),
        loss: Number(evaluation.loss.toPrecision(4)),
        nonzero: size.nonzero,
        macs: size.macs,
        bytes: size.storedBytes,
      })),
    },
  ];
}

/** Apart from the table's own columns, whatever a setting is called. */
const settingKey = (name: string) => `setting.${name}`;
