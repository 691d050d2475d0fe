import { PareError } from '../errors/pare-error.ts';
import { didYouMean } from '../text/near-misses.ts';
import { checkSettings } from './check-settings.ts';
import { defaultPoint } from './state-at.ts';
import type { CompressedState, Dial, Method, OperatingPoint } from '../contracts/method.ts';

/** How a setting is asked for: the name of an operating point, or a value for each dial. */
export type Setting = string | Readonly<Record<string, number>>;

/**
 * The operating point that is asked for. Named points may lie beyond the dials, chosen values may not. Throws
 * UNKNOWN_POINT, UNKNOWN_SETTING or BAD_SETTING.
 */
export function findPoint(
  method: Pick<Method, 'operatingPoints' | 'dials'>,
  state: CompressedState,
  setting: Setting,
): OperatingPoint {
  const points = method.operatingPoints(state);
  const dials = method.dials?.(state) ?? [];
  if (typeof setting === 'string') return pointNamed(setting, points, dials);
  checkSettings(setting, dials, points);
  if (dials.length === 0) return defaultPoint(method, state);
  return { name: nameSettings(setting), settings: { ...setting } };
}

function pointNamed(
  name: string,
  points: readonly OperatingPoint[],
  dials: readonly Dial[],
): OperatingPoint {
  const found = points.find((point) => point.name === name);
  if (found) return found;
  const names = points.map((point) => point.name);
  const ranges = dials.map((dial) => `${dial.name} from ${dial.from} to ${dial.to}`);
  const others = ranges.length > 0 ? ` And it runs at any ${ranges.join(', ')}.` : '';
  throw new PareError(
    'UNKNOWN_POINT',
    `The model has no operating point "${name}".${didYouMean(name, names)} It has: ${names.join(', ')}.${others}`,
  );
}

/** How a setting is called: `width 0.5`. */
export const nameSettings = (settings: Readonly<Record<string, number>>): string =>
  Object.entries(settings)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
