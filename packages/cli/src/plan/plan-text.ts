import { formatBytes, formatCount, formatNumber } from '../text/quantity.ts';
import { formatReportTable } from '../text/report-tables.ts';
import { formatTable } from '../text/table.ts';
import type { CostReport } from '@pare/graph';
import type { DatasetInfo, ReportTable, RunConfig, StartReference } from '@pare/core';
import type { StagePlan } from './describe-stage.ts';

/** All that a dry run finds out. */
export interface Plan {
  readonly config: RunConfig;
  readonly dataset: DatasetInfo;
  readonly paper: string;
  /** First weights that were read; undefined: drawn from the seed. */
  readonly start?: StartReference & { readonly notices: readonly string[] };
  readonly stages: readonly StagePlan[];
  /** What the method shows besides. */
  readonly tables: readonly ReportTable[];
  readonly cost: CostReport;
  readonly parameters: readonly {
    readonly name: string;
    readonly layer: string;
    readonly role: string;
    readonly shape: readonly number[];
    readonly trainable: boolean;
  }[];
}

/** A plan as text: data, stages, tables of the method, layers, parameters. */
export function planText(plan: Plan): string {
  const { config } = plan;
  return [
    `${config.name}: ${config.model.name} on ${config.dataset.name}, method ${config.method.name}, seed ${config.seed}, engine ${config.engine.name}\n` +
      `Run folder: ${config.output}\nMethod: ${plan.paper}${startText(plan.start)}`,
    datasetText(plan.dataset),
    stagesText(plan.stages),
    ...plan.tables.map(formatReportTable),
    layersText(plan.cost),
    parametersText(plan),
  ].join('\n\n');
}

const startText = (start: Plan['start']) =>
  (start?.notices ?? []).map((line) => `\n${line}`).join('');

function datasetText({ name, imageShape, classes, sizes, source }: DatasetInfo): string {
  const counts = Object.entries(sizes).map(([split, size]) => `${formatCount(size)} ${split}`);
  // Checksums are in the JSON form.
  const place = source.replace(/ \(.*\)$/, '');
  return `Data: ${name}, images ${imageShape.join(' x ')}, ${classes} classes, ${counts.join(', ')}\n  source: ${place}`;
}

function stagesText(stages: readonly StagePlan[]): string {
  const rows = stages.map((stage, i) => [
    `${i + 1} ${stage.name}`,
    stage.kind,
    count(stage.epochs),
    count(stage.steps),
    count(stage.batchSize),
    stage.optimizer ?? '',
    rateText(stage.learningRate),
    stage.keep ?? '',
  ]);
  const head = ['stage', 'kind', 'epochs', 'steps', 'batch', 'optimizer', 'learning rate', 'keeps'];
  return `Stages\n${formatTable(head, rows)}`;
}

const count = (value: number | undefined) => (value === undefined ? '' : formatCount(value));

function rateText(rates: StagePlan['learningRate']): string {
  if (!rates) return '';
  const { first, last, largest } = rates;
  if (first === last && first === largest) return formatNumber(first);
  const rise = largest > Math.max(first, last) ? ` up to ${formatNumber(largest)}` : '';
  return `${formatNumber(first)}${rise} to ${formatNumber(last)}`;
}

function layersText({ layers, parameters, macs, bytes, peakActivationBytes }: CostReport): string {
  const rows = layers.map((layer) => [
    layer.layer,
    layer.op,
    layer.outputShape.slice(1).join(' x '),
    formatCount(layer.parameters),
    formatCount(layer.macs),
  ]);
  rows.push(['total', '', '', formatCount(parameters), formatCount(macs)]);
  const table = formatTable(['layer', 'op', 'output', 'parameters', 'MACs'], rows);
  return `Layers\n${table}\nWeights ${formatBytes(bytes)} as float32; activations ${formatBytes(peakActivationBytes)} at most for one image`;
}

function parametersText({ parameters, stages }: Plan): string {
  const training = stages.filter(({ kind }) => kind === 'train');
  const head = ['parameter', 'role', 'shape', ...training.map(({ name }) => name)];
  const rows = parameters.map(({ name, role, shape, trainable }) => [
    name,
    role,
    shape.join(' x '),
    ...training.map((stage) => (trainable ? treatment(stage, name) : '-')),
  ]);
  return `Parameters, and what the stages do with them\n${formatTable(head, rows)}`;
}

function treatment({ adjusted, frozen }: StagePlan, name: string): string {
  if (frozen?.includes(name)) return 'frozen';
  return adjusted?.includes(name) ? 'trained, adjusted' : 'trained';
}
