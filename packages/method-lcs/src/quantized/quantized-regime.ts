import { PareError } from '@pare/core';
import { topologicalOrder } from '@pare/graph';
import { layerEndPoints, normEndPoints } from '../line/added-end-points.ts';
import { someOf } from '../line/some-of.ts';
import { normsOf } from '../norms.ts';
import { floatScalar } from '../scalars.ts';
import { rangeParameters } from './activation-range.ts';
import { checkBits, evaluatedPoint, pointOf } from './bit-map.ts';
import { sampleLayers, samplePoint } from './bit-samples.ts';
import { bytesReport } from './bytes-report.ts';
import { topLevel } from './quantize.ts';
import { quantizedLayers } from './quantized-layers.ts';
import { alphaInput, quantizedObjective, topInput } from './quantized-objective.ts';
import { quantizedState } from './quantized-state.ts';
import type { HostTensor, StepProgress } from '@pare/core';
import type { AddedParameter, Network, Parameter } from '@pare/graph';
import type { Regime, RegimeContext } from '../regime.ts';
import type { LcsSettings } from '../settings.ts';
import type { BitRange } from './bit-map.ts';

/** Bits that the baseline can be run with: it is trained for one number. */
const anyBits: BitRange = [2, 8];

/** Quantized weights and inputs of layers: lcs-l, lcs-p and the baseline target-bit-width. */
export function quantizedRegime(settings: LcsSettings): Regime {
  const { variant, grid, reference } = settings;
  const range = variant === 'target-bit-width' ? anyBits : settings.bits;
  const point = reference ? evaluatedPoint : pointOf;
  return {
    check: (network, warn) => checkNetwork(network, settings, warn),
    added: (network) => [
      ...(variant === 'lcs-l' ? endPoints(network) : []),
      ...quantizedLayers(network).flatMap(({ weight }) => rangeParameters(weight.layer)),
    ],
    objective: (context, { warmUpSteps }) => quantizedObjective(context, settings, warmUpSteps),
    feeds: (progress, regime) => feeds(settings, progress, regime),
    dials: () => [
      {
        name: 'bits',
        from: range[0],
        to: range[1],
        whole: true,
        description: 'bits of weights and activations of the layers between the first and the last',
      },
    ],
    points: () => grid.map((bits) => ({ name: `bits ${bits}`, settings: { bits } })),
    at: (state, { bits = grid[0]! }) => {
      checkBits(bits, range);
      const alpha = variant === 'lcs-l' ? point(bits, range) : undefined;
      return quantizedState(state, { bits, alpha, emptyRanges: reference });
    },
    report: (state) => bytesReport(state, usedParameters, grid),
  };
}

function feeds(
  settings: LcsSettings,
  { step, random }: StepProgress,
  { network, warmUpSteps }: RegimeContext,
): Record<string, HostTensor> {
  if (settings.variant === 'target-bit-width') return {};
  if (settings.variant === 'lcs-l') {
    const { alpha, bits } = samplePoint(settings, random);
    return { [alphaInput]: floatScalar(alpha), [topInput()]: floatScalar(topLevel(bits)) };
  }
  const layers = quantizedLayers(network);
  const active = step >= warmUpSteps;
  const bits = sampleLayers(settings, { count: layers.length, active }, random);
  return Object.fromEntries(
    layers.map(({ weight }, i) => [topInput(weight.layer), floatScalar(topLevel(bits[i]!))]),
  );
}

function checkNetwork(
  network: Network,
  { variant, warmUpBudget, reference }: LcsSettings,
  warn: (message: string) => void,
): void {
  checkPlaces(network, reference, warn);
  for (const { batchNorm } of quantizedLayers(network)) {
    const start = batchNorm?.scale.initializer;
    if (start?.kind !== 'constant' || start.value !== 0) continue;
    throw new PareError(
      'LCS_GAMMA_ZERO',
      `method "lcs": "${batchNorm!.scale.name}" starts with 0; the scale of a batch norm behind a quantized convolution must not be 0, because training divides by it. Use group or instance norm, or another start of the scales.`,
    );
  }
  if (variant !== 'target-bit-width' && normsOf(network).has('batch')) {
    warn(
      'lcs: one set of batch norm statistics has to serve every number of bits, and batch norms get no second end point; the method is meant for group norm (model option "norm").',
    );
  }
  if (warmUpBudget > 0) {
    warn(
      `lcs: activations are quantized after ${warmUpBudget} % of training; until then evaluations ${reference ? 'set them to 0, as in the authors’ code, and accuracy is that of chance' : 'leave them as they are, so accuracy is not that of a quantized network'}.`,
    );
  }
}

/** The authors have a norm behind each layer that is quantized. */
function checkPlaces(network: Network, reference: boolean, warn: (message: string) => void): void {
  const layers = quantizedLayers(network);
  const bare = layers.filter(({ norm }) => norm === undefined).map(({ weight }) => weight.layer);
  if (bare.length === 0) return;
  const what = `${bare.length} of ${layers.length} quantized layers of "${network.name}" have no norm of their own behind them (${someOf(bare)})`;
  const advice =
    network.name === 'cpreresnet-20' ? ' Set its option normPlacement to "after".' : '';
  if (reference) {
    throw new PareError(
      'LCS_NORM_PLACE',
      `method "lcs": ${what}; the authors' code needs one.${advice || ' Use the default preset.'}`,
    );
  }
  warn(`lcs: ${what}; the authors quantize a layer together with its norm.${advice}`);
}

/** Second end points of all weights and norms; batch norms get none, as in the authors' code. */
function endPoints(network: Network): AddedParameter[] {
  const norms = normsOf(network).has('batch') ? [] : normEndPoints(network);
  return [...layerEndPoints(network), ...norms];
}

/** Parameters of the network itself. */
function usedParameters(network: Network): readonly Parameter[] {
  const used = new Set(topologicalOrder([network.output]));
  return network.parameters.filter(({ variable }) => used.has(variable.node));
}
