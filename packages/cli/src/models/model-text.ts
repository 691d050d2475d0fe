import { formatBytes, formatCount } from '../text/quantity.ts';
import { optionsOf, typeText } from '../text/option-type.ts';
import { formatTable } from '../text/table.ts';
import { imageText } from './task.ts';
import type { JsonSchema, ModelTask } from '@pare/core';
import type { CostReport, LayerCost } from '@pare/graph';
import type { ModelCost } from './model-size.ts';

/** Options with their values, what they are and take; and of those that differ, the default. */
export function optionsText(
  schema: JsonSchema,
  values: Readonly<Record<string, unknown>>,
  defaults: Readonly<Record<string, unknown>>,
): string {
  const options = optionsOf(schema);
  if (options.length === 0) return 'Options: none';
  const texts = options.map(([name, option]) => {
    const value = shown(values[name]);
    const preset = shown(defaults[name]);
    const lines = [
      `  ${name} = ${value}${value === preset ? '' : ` (default ${preset})`}`,
      ...(option.description ? [option.description] : []),
      `takes ${typeText(option)}`,
    ];
    return lines.join('\n      ');
  });
  return ['Options', ...texts].join('\n');
}

const shown = (value: unknown): string => (value === undefined ? 'none' : JSON.stringify(value));

/** Sizes for several images; under the table why some do not fit. */
export function sizesText(sizes: readonly ModelCost[]): string {
  const rows = sizes.map(({ task, cost }) => [
    imageText(task),
    formatCount(task.classes),
    ...(cost
      ? [formatCount(cost.parameters), formatCount(cost.macs), formatBytes(cost.bytes)]
      : ['-', '-', '-']),
  ]);
  const table = formatTable(['images', 'classes', 'parameters', 'MACs', 'float32'], rows);
  const reasons = sizes.flatMap(({ task, problem }) =>
    problem === undefined ? [] : [`${imageText(task)}: ${problem}`],
  );
  return ['Sizes', table, ...reasons].join('\n');
}

/** Every layer with what it does, gives and costs. */
export function layersText(task: ModelTask, cost: CostReport): string {
  const isGrouped = cost.layers.some(({ window }) => window && window.groups > 1);
  const rows = cost.layers.map((layer) => [...layerCells(layer), ...groupCells(layer, isGrouped)]);
  rows.push(['total', '', '', formatCount(cost.parameters), formatCount(cost.macs), '', '']);
  const head = ['layer', 'kind', 'output', 'parameters', 'MACs', 'kernel', 'stride'];
  if (isGrouped) head.push('groups');
  return [
    `Layers for images ${imageText(task)} and ${task.classes} classes`,
    formatTable(head, rows),
    `Weights ${formatBytes(cost.bytes)} as float32. Activations for one image: ` +
      `${formatBytes(cost.activationBytes)} in the results of all layers (training keeps about these), ` +
      `${formatBytes(cost.peakActivationBytes)} at a time at most.`,
  ].join('\n');
}

const layerCells = ({ layer, op, outputShape, parameters, macs, window }: LayerCost): string[] => [
  layer,
  op,
  outputShape.slice(1).join(' x '),
  formatCount(parameters),
  formatCount(macs),
  window ? window.size.join(' x ') : '',
  window ? strideText(window.strides) : '',
];

const strideText = ([down, across]: readonly [number, number]): string =>
  down === across ? String(down) : `${down} x ${across}`;

const groupCells = ({ window }: LayerCost, isGrouped: boolean): string[] =>
  isGrouped ? [window ? formatCount(window.groups) : ''] : [];
