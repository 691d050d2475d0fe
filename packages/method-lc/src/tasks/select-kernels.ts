import { didYouMean } from '@pare/core';
import { printSelectors } from './print-task-line.ts';
import { taskError } from './task-error.ts';
import { kernelsOf } from './task-group.ts';
import type { Network, Parameter } from '@pare/graph';
import type { Selector, TaskLine } from './task-line.ts';

const kinds: Readonly<Record<string, { readonly layout?: string; readonly what: string }>> = {
  all: { what: 'convolution or dense layer' },
  'all conv': { layout: 'hwio', what: 'convolution' },
  'all dense': { layout: 'io', what: 'dense layer' },
  'all depthwise': { layout: 'hwcm', what: 'depthwise convolution' },
};

/**
 * The kernels that a task is for, in the order of the network. Throws `UNKNOWN_LAYER` where a selector finds none, or where
 * all that were found are left out.
 */
export function selectKernels(
  { layers, except, source }: Pick<TaskLine, 'layers' | 'except' | 'source'>,
  network: Network,
): Parameter[] {
  const found = (selectors: readonly Selector[]) =>
    new Set(selectors.flatMap((selector) => kernelsFor(selector, source, network)));
  const [chosen, left] = [found(layers), found(except)];
  const kernels = kernelsOf(network).filter((each) => chosen.has(each) && !left.has(each));
  if (kernels.length > 0) return kernels;
  const sentence = `nothing is left of ${printSelectors(layers)} except ${printSelectors(except)}; expected at least one layer`;
  throw taskError('UNKNOWN_LAYER', source, except[0]?.column, sentence);
}

function kernelsFor(
  { text, column }: Selector,
  source: TaskLine['source'],
  network: Network,
): Parameter[] {
  const kernels = kernelsOf(network);
  const kind = Object.hasOwn(kinds, text) ? kinds[text]! : undefined;
  const matches = kind
    ? kernels.filter(({ layout }) => kind.layout === undefined || kind.layout === layout)
    : kernels.filter(({ layer, name }) => fits(text, layer) || fits(text, name));
  if (matches.length > 0) return matches;
  const why = kind ? `network "${network.name}" has no ${kind.what}` : unmatched(text, network);
  throw taskError('UNKNOWN_LAYER', source, column, why);
}

/** Whether a name is as the pattern says: `*` is any text, `?` one character. */
export function fits(pattern: string, name: string): boolean {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  const wild = escaped.replaceAll('*', '.*').replaceAll('?', '.');
  return new RegExp(`^${wild}$`, 's').test(name);
}

/** As many names as a message shows. */
const shown = 20;

function unmatched(text: string, network: Network): string {
  const layers = [...new Set(kernelsOf(network).map(({ layer }) => layer))];
  const other = network.parameters.find(({ layer, name }) => fits(text, layer) || fits(text, name));
  if (other) {
    return `"${text}" has no kernel: only the weights of convolutions and dense layers are compressed, received "${other.name}" (${other.role})`;
  }
  const plain = text.replace(/[*?]/g, '');
  const near = didYouMean(plain, [...layers, ...Object.keys(kinds)]);
  const more = layers.length > shown ? ` and ${layers.length - shown} more` : '';
  return `expected layers of network "${network.name}"; received "${text}", which matches none.${near} Layers: ${layers.slice(0, shown).join(', ')}${more}`;
}
