import { describe, expect, test } from '@jest/globals';
import { curveChart } from './curve-chart.ts';
import { operatingCurve, varyingDial } from './operating-curve.ts';
import type { Curve } from './curve-chart.ts';
import type { EvaluatedPoint } from './evaluated-point.ts';

const chart = (curves: readonly Curve[], standalone = false) =>
  curveChart({ title: 'A & B', xLabel: 'width', yLabel: 'Accuracy (%)', curves, standalone });
const curve = (name: string, ...points: (readonly [number, number])[]): Curve => ({
  name,
  points: points.map(([x, y]) => ({ x, y })),
});
const pathsOf = (svg: string) => [...svg.matchAll(/<path[^>]* d="([^"]*)"/g)].map(([, d]) => d);
const dotsOf = (svg: string) =>
  [...svg.matchAll(/<circle cx="([\d.]*)" cy="([\d.]*)" r="3"\/>/g)].map(([, x, y]) => [x, y]);

describe('curveChart', () => {
  test('draws the smallest x left, the largest right, large values high, whatever their order', () => {
    const svg = chart([curve('a', [1, 90], [0.5, 100], [0.25, 80])]);
    expect(pathsOf(svg)).toEqual(['M56,256L270.7,28L700,142']);
    expect(dotsOf(svg)).toEqual([
      ['56.0', '256.0'],
      ['270.7', '28.0'],
      ['700.0', '142.0'],
    ]);
  });

  test('several curves share the axes, and have names and colours of their own', () => {
    const svg = chart([curve('first', [0, 0], [1, 1]), curve('<second>', [0, 1], [2, 0])]);
    expect(pathsOf(svg)).toEqual(['M56,256L378,28', 'M56,28L700,256']);
    expect(svg).toContain('>first<');
    expect(svg).toContain('>&lt;second&gt;<');
    expect(new Set([...svg.matchAll(/<g fill="(#\w+)"/g)].map(([, color]) => color)).size).toBe(2);
  });

  test('more curves than colours are told apart by dashes', () => {
    const names = Array.from({ length: 9 }, (_, i) => `run ${i}`);
    const svg = chart(names.map((name, i) => curve(name, [0, i], [1, i])));
    const strokes = [...svg.matchAll(/<path fill="none" (.*) stroke-width/g)].map(([, how]) => how);
    expect(new Set(strokes).size).toBe(9);
  });

  test('a single point is a dot without a line', () => {
    const svg = chart([curve('a', [0, 0], [1, 1]), curve('alone', [0.5, 0.5])]);
    expect(pathsOf(svg)).toHaveLength(1);
    expect(dotsOf(svg)).toContainEqual(['378.0', '142.0']);
  });

  test('one curve alone needs no legend; large numbers are short', () => {
    const svg = chart([curve('only', [0, 1], [2_000_000, 2])]);
    expect(svg).not.toContain('>only<');
    expect(svg).toMatch(/>0.5M<.*>1M<.*>1.5M</s);
  });

  test('as a file it says that it is SVG, how big it is, and has a background', () => {
    const points = curve('a', [0, 0], [1, 1]);
    expect(chart([points])).toMatch(
      /^<svg viewBox="0 0 720 300" role="img" aria-label="A &amp; B"/,
    );
    expect(chart([points], true)).toMatch(
      /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="720" height="300" .*<rect width="720"/s,
    );
  });
});

const evaluated = (settings: Record<string, number>, accuracy = 0.5): EvaluatedPoint => ({
  point: { name: JSON.stringify(settings), settings },
  evaluation: { split: 'test', loss: 1, accuracy, correct: 1, count: 2 },
  size: { parameters: 4, nonzero: 3, macs: 2, storedBytes: 1 },
});

describe('the dial of operating points', () => {
  test.each([
    ['that alone differs', [{ keep: 1 }, { keep: 0.5 }], 'keep'],
    [
      'besides one that stays',
      [
        { keep: 1, bits: 8 },
        { keep: 0.5, bits: 8 },
      ],
      'keep',
    ],
    [
      'is none where two differ',
      [
        { keep: 1, bits: 8 },
        { keep: 0.5, bits: 4 },
      ],
      undefined,
    ],
    ['is none where a point lacks it', [{ keep: 1 }, {}], undefined],
    ['is none for a single point', [{ keep: 1 }], undefined],
  ])('%s', (_name, settings, dial) => {
    expect(varyingDial(settings.map((each) => evaluated(each as never)))).toBe(dial);
  });

  test('gives accuracy in percent over any number of a point', () => {
    const points = [evaluated({ keep: 1 }, 0.9), evaluated({ keep: 0.5 }, 0.8)];
    expect(operatingCurve('run', points, ({ point }) => point.settings.keep!)).toEqual({
      name: 'run',
      points: [
        { x: 1, y: 90 },
        { x: 0.5, y: 80 },
      ],
    });
  });
});
