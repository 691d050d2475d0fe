import { PareError } from '@pare/core';
import type { Grouping } from './group-terms.ts';

/** Regularizers of single weights. */
export const elementKinds = ['l1', 'hoyer', 'hoyer-square', 'transformed-l1'] as const;
/** Regularizers of groups of weights. */
export const structureKinds = ['group-lasso', 'group-hoyer', 'group-hoyer-square'] as const;

export type ElementKind = (typeof elementKinds)[number];
export type StructureKind = (typeof structureKinds)[number];
export type RegularizerKind = 'none' | ElementKind | StructureKind;

/** Scripts of the authors' code; each numbers its regularizers in its own way. */
export const scripts = ['element', 'structure', 'cifar_group', 'main_group'] as const;
export type Script = (typeof scripts)[number];

const kinds: readonly RegularizerKind[] = ['none', ...elementKinds, ...structureKinds];

const shortNames = {
  hs: 'hoyer-square',
  tl1: 'transformed-l1',
  gl: 'group-lasso',
  'group-hs': 'group-hoyer-square',
} as const satisfies Readonly<Record<string, RegularizerKind>>;

/** Every name of a regularizer, short ones last. */
export const regularizerNames = [
  'none',
  ...elementKinds,
  ...structureKinds,
  ...(Object.keys(shortNames) as (keyof typeof shortNames)[]),
] as const;

const numbers: Readonly<Record<Script, readonly RegularizerKind[]>> = {
  element: ['none', 'l1', 'hoyer', 'hoyer-square', 'transformed-l1'],
  structure: ['none', 'group-lasso', 'group-hoyer-square'],
  cifar_group: ['none', 'group-lasso', 'group-hoyer', 'group-hoyer-square'],
  main_group: ['none', 'group-lasso', 'group-hoyer', 'group-hoyer-square'],
};

/** Whether a kind looks at groups of weights. */
export function isStructural(kind: RegularizerKind): kind is StructureKind {
  return (structureKinds as readonly string[]).includes(kind);
}

/** The kind behind a name, a short name (`hs`, `group-hs`, `tl1`, `gl`) or a script's `--reg` number. */
export function regularizerKind(name: string | number, script?: Script): RegularizerKind {
  const number = typeof name === 'number' ? name : /^\d+$/.test(name) ? Number(name) : undefined;
  if (number === undefined) {
    const found =
      kinds.find((kind) => kind === name) ??
      (Object.hasOwn(shortNames, name) ? shortNames[name as keyof typeof shortNames] : undefined);
    if (found) return found;
    throw new PareError(
      'UNKNOWN_REGULARIZER',
      `hoyer: unknown regularizer "${name}". Known: ${kinds.join(', ')}; short: ${Object.keys(shortNames).join(', ')}.`,
    );
  }
  if (!script) {
    throw new PareError(
      'AMBIGUOUS_REGULARIZER',
      `hoyer: the regularizer number ${number} means different things in the original scripts; add script: ${scripts.join(' | ')}, or use a name.`,
    );
  }
  const found = numbers[script][number];
  if (found) return found;
  const known = numbers[script].map((kind, i) => `${i} ${kind}`).join(', ');
  throw new PareError(
    'UNKNOWN_REGULARIZER',
    `hoyer: the script "${script}" has no regularizer ${number}. Known: ${known}.`,
  );
}

/** The grouping that a script of the authors uses for a kind; in the MNIST one group lasso alone looks at kernel positions. */
export function referenceGrouping(script: Script | undefined, kind: RegularizerKind): Grouping {
  const positions = script === 'main_group' || (script === 'structure' && kind === 'group-lasso');
  return positions ? 'kernel-position' : 'filter-channel';
}
