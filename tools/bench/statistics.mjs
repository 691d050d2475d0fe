/** Middle value; the mean of the two middle ones where the count is even. Throws for no values. */
export function median(values) {
  if (values.length === 0) throw new RangeError('median: needs at least one value; received none.');
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** Median and minimum of times in ms, and the largest of the peak memories in MB (undefined where none is known). */
export function statisticsOf(runs) {
  const times = runs.flatMap(({ ms }) => ms);
  const peaks = runs.map(({ peakRssMb }) => peakRssMb).filter((peak) => typeof peak === 'number');
  return {
    medianMs: median(times),
    minMs: times.reduce((least, time) => Math.min(least, time)),
    peakRssMb: peaks.length > 0 ? Math.max(...peaks) : undefined,
  };
}
