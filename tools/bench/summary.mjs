import { statisticsOf } from './statistics.mjs';

/** What both sides say about one network: `pare` is a list of runs, `torch` one list for each layout. */
export function summarize({ network, engine, pare, torch }) {
  const ours = statisticsOf(pare);
  const layouts = Object.entries(torch)
    .map(([layout, runs]) => ({ layout, ...statisticsOf(runs) }))
    .sort((a, b) => a.medianMs - b.medianMs);
  const [best] = layouts;
  return {
    network,
    engine,
    pare: ours,
    // The layout with the lower median is PyTorch's side of the comparison.
    torch: best,
    layouts,
    ratioOfMedians: ours.medianMs / best.medianMs,
    ratioOfMinima: ours.minMs / best.minMs,
  };
}
