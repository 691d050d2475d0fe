import { cutParameters, input, instantiate } from '@pare/graph';
import { normEndPoints } from '../line/added-end-points.ts';
import { pointOnLine } from '../line/point-on-line.ts';
import { floatScalar } from '../scalars.ts';
import { channelsOf } from './channel-counts.ts';
import { checkWidths } from './check-widths.ts';
import { networkAt } from './network-at.ts';
import { alphaInput, passName } from './pass-names.ts';
import { structuredObjective } from './structured-objective.ts';
import { runTimeCuts } from './width-cuts.ts';
import { widthReport } from './width-report.ts';
import { alphaOf, randomWidth, widthSamples } from './width-samples.ts';
import type { DialProgram, HostTensor } from '@pare/core';
import type { Network } from '@pare/graph';
import type { Regime } from '../regime.ts';
import type { LcsSettings } from '../settings.ts';

/** Slimmable layers: lcs-l (a line of norms), lcs-p, us and ns. */
export function structuredRegime(settings: LcsSettings): Regime {
  const { variant, widths, widthList, grid } = settings;
  const isLine = variant === 'lcs-l';
  const [from, to] = variant === 'ns' ? [Math.min(...widthList), Math.max(...widthList)] : widths;
  const trained = (width: number) => Math.min(Math.max(width, from), to);
  const alpha = isLine ? (width: number) => alphaOf(settings, width) : undefined;
  return {
    check: (network, warn) => checkWidths(network, settings, warn),
    added: (network) => (isLine ? normEndPoints(network) : []),
    objective: (context) => structuredObjective(context, settings),
    feeds: ({ random }, { network }) => {
      const passes = widthSamples(settings).map((sample, i): Record<string, HostTensor> => {
        if (sample !== undefined) return {};
        const width = randomWidth(settings, random);
        return passFeeds(network, passName(i), width, alpha?.(width));
      });
      return Object.assign({}, ...passes) as Record<string, HostTensor>;
    },
    dials: () => [{ name: 'width', from, to, description: 'share of the channels of each layer' }],
    points: () => grid.map((width) => ({ name: `width ${round(width)}`, settings: { width } })),
    at: (state, { width = trained(1) }) => networkAt(state, width, alpha?.(width)),
    dial: ({ network }) => dial(network, alpha),
    report: (state) => widthReport(state.network, grid),
  };
}

const round = (value: number) => Number(value.toFixed(6));

function passFeeds(
  network: Network,
  pass: string,
  width: number,
  alpha: number | undefined,
): Record<string, HostTensor> {
  const feeds = runTimeCuts(network, pass).feeds(width);
  if (alpha !== undefined) feeds[alphaInput(pass)] = floatScalar(alpha);
  return feeds;
}

/** One program for all widths: what runs is cut from the weights in each call. */
function dial(network: Network, alpha: ((width: number) => number) | undefined): DialProgram {
  const pass = 'lcs.dial';
  const { cuts, inputs } = runTimeCuts(network, pass);
  const point = alpha ? pointOnLine(network, input(alphaInput(pass), [])) : new Map();
  const weights = new Map([...point, ...cutParameters(network, channelsOf(network), cuts, point)]);
  return {
    instance: instantiate(network, { mode: 'eval', weights }),
    inputs,
    feeds: ({ width }) => passFeeds(network, pass, width!, alpha?.(width!)),
  };
}
