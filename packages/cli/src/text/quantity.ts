/** 266,610 */
export const formatCount = (value: number): string => value.toLocaleString('en-US');

const powers = ['', 'k', 'M', 'G', 'T'];

/** 11.7 M: three significant digits. */
export function formatShort(value: number): string {
  let [rest, power] = [value, 0];
  while (rest >= 999.5 && power < powers.length - 1) {
    rest /= 1000;
    power++;
  }
  return `${rest >= 999.5 ? Math.round(rest) : Number(rest.toPrecision(3))} ${powers[power]!}`.trimEnd();
}

/** 98.70 % of a share from 0 to 1. */
export const formatPercent = (share: number): string => `${(100 * share).toFixed(2)} %`;

/** Four significant digits, without trailing zeros. */
export const formatNumber = (value: number): string =>
  Number.isInteger(value) && Math.abs(value) < 1e15
    ? formatCount(value)
    : String(Number(value.toPrecision(4)));

const units = ['B', 'kB', 'MB', 'GB', 'TB'];

/** 1.07 MB; decimal units. */
export function formatBytes(bytes: number): string {
  let [value, unit] = [bytes, 0];
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${Number(value.toPrecision(3))} ${units[unit]!}`;
}

/** 0.0123, 1.23, 123: three significant digits, without a unit. */
export const formatMilliseconds = (milliseconds: number): string =>
  String(milliseconds >= 100 ? Math.round(milliseconds) : Number(milliseconds.toPrecision(3)));

/** 4.1 s, 2 min 5 s, 1 h 2 min. */
export function formatSeconds(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
