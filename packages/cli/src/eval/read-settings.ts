import { PareError, findPoint } from '@pare/core';
import { rangeValues } from './range-values.ts';
import type { CompressedState, Dial, Method, OperatingPoint, Setting } from '@pare/core';

/** How settings are asked for on the command line. */
export interface SettingOptions {
  /** Name of an operating point, `0.3` or `width=0.3`. */
  readonly at?: string;
  /** `0.25:1:0.05`, `0.25,0.5,1`, or either behind `width=`. */
  readonly grid?: string;
}

type Values = Readonly<Record<string, number>>;

/**
 * The settings that are asked for, in order; all of them are checked. Throws USAGE, NO_DIAL, UNKNOWN_POINT,
 * UNKNOWN_SETTING or BAD_SETTING.
 */
export function readSettings(
  method: Method,
  state: CompressedState,
  { at, grid }: SettingOptions,
): Setting[] {
  const points = method.operatingPoints(state);
  const dials = method.dials?.(state) ?? [];
  const settings = grid === undefined ? [readAt(at!, points, dials)] : [];
  if (grid !== undefined) {
    const { dial, values } = readGrid(grid, points, dials);
    const rest = at === undefined ? {} : settingsOf(readAt(at, points, dials), points);
    if (dial in rest && dials.length === 1) {
      throw usage(`--at and --grid both set "${dial}". Leave one of them out.`);
    }
    settings.push(...values.map((value) => ({ ...rest, [dial]: value })));
  }
  for (const setting of settings) findPoint(method, state, setting);
  return settings;
}

/** `--at`: the name of a point comes first, then `dial=value`, then a number for the only dial. */
function readAt(text: string, points: readonly OperatingPoint[], dials: readonly Dial[]): Setting {
  if (points.some(({ name }) => name === text)) return text;
  if (text.includes('=')) return readPairs(text);
  const value = Number(text);
  // What is no number is meant as a name: the search for it says which ones there are.
  if (text.trim() === '' || Number.isNaN(value)) return text;
  return { [onlyDial(`--at ${text}`, points, dials)]: value };
}

function readPairs(text: string): Values {
  return Object.fromEntries(
    text.split(',').map((pair) => {
      const [name = '', value = ''] = pair.split('=').map((part) => part.trim());
      const number = Number(value);
      if (name !== '' && value !== '' && !Number.isNaN(number)) return [name, number];
      throw usage(`--at ${text}: expected dial=number, such as width=0.3; received "${pair}".`);
    }),
  );
}

function readGrid(text: string, points: readonly OperatingPoint[], dials: readonly Dial[]) {
  const [name, range] = text.includes('=') ? text.split('=', 2) : [undefined, text];
  const dial = name?.trim() ?? onlyDial(`--grid ${text}`, points, dials);
  return { dial, values: rangeValues(range, `--grid ${text}`) };
}

/** Throws where it is not clear which dial a number is for. */
function onlyDial(what: string, points: readonly OperatingPoint[], dials: readonly Dial[]): string {
  if (dials.length === 1) return dials[0]!.name;
  if (dials.length > 1) {
    const names = dials.map(({ name }) => name).join(', ');
    throw usage(`${what}: the model has several dials (${names}). Name them: dial=number.`);
  }
  const names = points.map(({ name }) => `"${name}"`).join(', ');
  throw new PareError(
    'NO_DIAL',
    `${what}: nothing can be dialled in this model; it runs at ${names}. Give --at one of these names, or leave it out.`,
  );
}

function settingsOf(setting: Setting, points: readonly OperatingPoint[]): Values {
  if (typeof setting !== 'string') return setting;
  return points.find(({ name }) => name === setting)?.settings ?? {};
}

const usage = (message: string) => new PareError('USAGE', message);
