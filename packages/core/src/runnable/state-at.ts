import type { CompressedState, Method, OperatingPoint } from '../contracts/method.ts';

/** The plain network of a method's result at an operating point; the state itself where the method changes nothing. */
export function stateAt(
  method: Pick<Method, 'at'>,
  { network, weights }: CompressedState,
  point: OperatingPoint,
): CompressedState {
  const state = { network, weights };
  return method.at ? method.at(state, point) : state;
}

/** The setting that a result runs at by default: its first operating point. */
export function defaultPoint(
  method: Pick<Method, 'operatingPoints'>,
  state: CompressedState,
): OperatingPoint {
  return method.operatingPoints(state)[0] ?? { name: 'default', settings: {} };
}
