import type { Curve, CurveChartOptions } from './curve-chart.ts';
import type { EvaluatedPoint } from './evaluated-point.ts';

/** The setting that all operating points have and that alone differs between them; undefined where there is no such one. */
export function varyingDial(points: readonly Pick<EvaluatedPoint, 'point'>[]): string | undefined {
  const names = new Set(points.flatMap(({ point }) => Object.keys(point.settings)));
  const varying = [...names].filter(
    (name) => new Set(points.map(({ point }) => point.settings[name])).size > 1,
  );
  const [dial] = varying;
  const has = dial !== undefined && points.every(({ point }) => point.settings[dial] !== undefined);
  return has && varying.length === 1 ? dial : undefined;
}

/** Accuracy (%) of operating points over a number that each of them has. */
export function operatingCurve(
  name: string,
  points: readonly EvaluatedPoint[],
  x: (point: EvaluatedPoint) => number,
): Curve {
  const places = points.map((point) => ({ x: x(point), y: 100 * point.evaluation.accuracy }));
  return { name, points: places };
}

/** A chart of the accuracy of operating points along the dial that alone differs between them, where there is one. */
export function dialCurve(points: readonly EvaluatedPoint[]): CurveChartOptions | undefined {
  const dial = varyingDial(points);
  if (dial === undefined) return undefined;
  return {
    title: `Accuracy along ${dial}`,
    xLabel: dial,
    yLabel: `Accuracy on ${points[0]!.evaluation.split} (%)`,
    curves: [operatingCurve(dial, points, ({ point }) => point.settings[dial]!)],
  };
}
