import { PareError } from '@pare/core';
import type { LcsOptions, SettingName, VariantName } from './options.ts';

/** Options after the defaults that depend on other options and on the model are filled in. */
export interface LcsSettings {
  readonly setting: SettingName;
  readonly variant: VariantName;
  readonly reference: boolean;
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly learningRateWarmUp: number;
  readonly momentum: number;
  readonly weightDecay: number;
  readonly beta: number;
  readonly warmUpBudget: number;
  /** Least and greatest width factor. */
  readonly widths: readonly [number, number];
  readonly widthSamples: number;
  readonly sampling: 'sandwich' | 'point';
  readonly widthList: readonly number[];
  /** Least and greatest kept share; the same twice for target-topk. */
  readonly keep: readonly [number, number];
  readonly endProbability: number;
  readonly bits: readonly [number, number];
  readonly discreteBits: boolean;
  readonly normSparsity: number;
  /** Values of the dial that are evaluated at the end, from the least compressed on. */
  readonly grid: readonly number[];
}

/** Variants of each setting. */
export const variantsOf: Readonly<Record<SettingName, readonly VariantName[]>> = {
  structured: ['lcs-l', 'lcs-p', 'ns', 'us', 'lec'],
  unstructured: ['lcs-l', 'lcs-p', 'target-topk'],
  quantized: ['lcs-l', 'lcs-p', 'target-bit-width'],
};

/** Defaults that do not depend on anything. */
const regimeDefaults = {
  widthSamples: 4,
  sampling: 'sandwich',
  widthList: [1, 0.75, 0.5, 0.25],
  endProbability: 0.5,
  discreteBits: true,
  normSparsity: 1e-5,
} as const;

const only = (setting: SettingName, ...variants: readonly VariantName[]) => ({ setting, variants });

/** Where an option that only some variants read has an effect; given elsewhere it is an error. */
const effect = {
  widths: only('structured', 'lcs-l', 'lcs-p', 'us'),
  widthSamples: only('structured', 'lcs-l', 'lcs-p', 'us'),
  sampling: only('structured', 'lcs-l'),
  widthList: only('structured', 'ns'),
  normSparsity: only('structured', 'lec'),
  keep: only('unstructured', 'lcs-l', 'lcs-p', 'target-topk'),
  endProbability: only('unstructured', 'lcs-l'),
  bits: only('quantized', 'lcs-l', 'lcs-p', 'target-bit-width'),
  discreteBits: only('quantized', 'lcs-l'),
} as const;

const bad = (sentence: string) => new PareError('BAD_OPTIONS', `method "lcs": ${sentence}`);

/** Fills in the defaults of the authors' configurations. Throws BAD_OPTIONS for combinations that make no sense. */
export function lcsSettings(options: LcsOptions, model: string): LcsSettings {
  const { setting, variant } = options;
  checkVariant(options);
  const settings = {
    ...regimeDefaults,
    ...modelDefaults(model),
    ...given(options),
    reference: options.preset === 'reference',
    learningRate: options.learningRate ?? (setting === 'quantized' ? 0.025 : 0.1),
    widths: increasing('widths', options.widths ?? [0.25, 1]),
    keep: rangeOf(options, 'keep', variant === 'target-topk' ? 0.9 : [0.025, 1]),
    bits: rangeOf(options, 'bits', variant === 'target-bit-width' ? 6 : [3, 8]),
  };
  if (Array.isArray(options.keep) && !options.grid) {
    throw bad(
      `"keep" has the bounds ${options.keep.join(' and ')}, for which there is no usual "grid"; say which shares are to be evaluated.`,
    );
  }
  const grid = [...(options.grid ?? defaultGrid(settings))].sort((a, b) => b - a);
  checkGrid(settings, grid);
  return { ...settings, grid };
}

function modelDefaults(model: string) {
  const imageNet = { epochs: 90, weightDecay: 5e-5 };
  if (model.startsWith('resnet-18')) return { ...imageNet, batchSize: 128 };
  if (model.startsWith('vgg-19')) return { ...imageNet, batchSize: 256 };
  return { epochs: 200, batchSize: 128, weightDecay: 5e-4 };
}

/** The options without those that are left out. */
type Given<T> = {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K];
} & { [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined> };

const given = (options: LcsOptions) =>
  Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as Given<LcsOptions>;

function checkVariant(options: LcsOptions): void {
  const { setting, variant } = options;
  const allowed = variantsOf[setting];
  if (!allowed.includes(variant)) {
    throw bad(
      `the variant "${variant}" does not exist for the setting "${setting}"; expected one of ${allowed.join(', ')}.`,
    );
  }
  for (const [key, where] of Object.entries(effect)) {
    if (options[key as keyof typeof effect] === undefined) continue;
    if (where.setting === setting && where.variants.includes(variant)) continue;
    throw bad(
      `"${key}" has no effect with the setting "${setting}" and the variant "${variant}"; it belongs to ${where.setting} ${where.variants.join(', ')}. Leave it out.`,
    );
  }
}

/** One number for a target, two for a range. */
function rangeOf(
  options: LcsOptions,
  key: 'keep' | 'bits',
  fallback: number | readonly [number, number],
): readonly [number, number] {
  const value = options[key] ?? fallback;
  const target = options.variant === 'target-topk' || options.variant === 'target-bit-width';
  if (target !== (typeof value === 'number') && options[key] !== undefined) {
    throw bad(
      `"${key}" must be ${target ? 'one number' : 'two numbers, the least and the greatest,'} for the variant "${options.variant}"; received ${JSON.stringify(value)}.`,
    );
  }
  return typeof value === 'number' ? [value, value] : increasing(key, value);
}

function increasing(key: string, range: readonly [number, number]): readonly [number, number] {
  if (range[0] < range[1]) return range;
  throw bad(
    `"${key}" must be two numbers, the first less than the second; received ${range.join(' and ')}.`,
  );
}

/** Evenly spaced numbers; the greatest as it is given, for the sum may miss it by a rounding. */
const sevenFrom = (from: number, to: number): readonly number[] => [
  ...new Set([0, 1, 2, 3, 4, 5].map((i) => from + ((to - from) * i) / 6)).add(to),
];

type GridSettings = Omit<LcsSettings, 'grid'>;

function defaultGrid({
  setting,
  variant,
  widths,
  widthList,
  bits,
}: GridSettings): readonly number[] {
  const range = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, i) => from + i);
  if (setting === 'quantized')
    return variant === 'target-bit-width' ? range(3, 8) : range(bits[0], bits[1]);
  if (setting === 'structured') {
    if (variant === 'lec') return [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 1];
    return variant === 'ns'
      ? sevenFrom(Math.min(...widthList), Math.max(...widthList))
      : sevenFrom(...widths);
  }
  return variant === 'target-topk'
    ? [0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 1]
    : [0.025, 0.05, 0.075, 0.1, 0.125, 0.15, 0.175, 0.2, 0.25, 0.5, 0.75, 0.9, 0.95, 1];
}

function checkGrid(
  { setting, variant, widths, bits }: GridSettings,
  grid: readonly number[],
): void {
  const [from, to] = {
    structured: variant === 'lcs-l' ? widths : ([0, 1] as const),
    unstructured: [0, 1] as const,
    quantized: variant === 'target-bit-width' ? ([2, 8] as const) : bits,
  }[setting];
  const wrong = grid.find((value) => value <= 0 || value < from || value > to);
  if (wrong !== undefined) {
    throw bad(`"grid" must hold numbers from ${from} to ${to}, greater than 0; received ${wrong}.`);
  }
  const twice = grid.find((value, i) => value === grid[i - 1]);
  if (twice !== undefined) throw bad(`"grid" holds ${twice} twice; expected different numbers.`);
  const fraction = setting === 'quantized' && grid.find((value) => !Number.isInteger(value));
  if (fraction !== undefined && fraction !== false)
    throw bad(`"grid" must hold whole numbers of bits; received ${fraction}.`);
}
