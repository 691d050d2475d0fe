import { endPoint, endPointStart } from './end-points.ts';
import { layerParameters } from './layers.ts';
import type { AddedParameter, Network } from '@pare/graph';

/** Second end points of the weights of all layers. */
export function layerEndPoints(network: Network): AddedParameter[] {
  const start = endPointStart(network.name);
  const { stem, classifier, blocks } = layerParameters(network);
  return [
    ...[...stem, ...blocks].map((parameter) => endPoint(parameter, start, false)),
    ...classifier.map((parameter) => endPoint(parameter, start, true)),
  ];
}

/** Second end points of the scales and shifts of all norms. */
export function normEndPoints(network: Network): AddedParameter[] {
  const start = endPointStart(network.name);
  const { normScales, normShifts } = layerParameters(network);
  return [...normScales, ...normShifts].map((parameter) => endPoint(parameter, start, false));
}
