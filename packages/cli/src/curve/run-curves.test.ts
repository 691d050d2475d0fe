import { describe, expect, test } from '@jest/globals';
import { chooseAxis } from './choose-axis.ts';
import { runCurves } from './run-curves.ts';
import type { EvaluatedPoint, RunReport, Split } from '@pare/core';
import type { ReportedRun } from './choose-axis.ts';

const evaluated = (settings: Record<string, number>, macs = 100): EvaluatedPoint => ({
  point: { name: 'point', settings },
  evaluation: { split: 'test', loss: 1, accuracy: macs / 200, correct: 1, count: 2 },
  size: { parameters: 40, nonzero: 30 + macs, macs, storedBytes: 1000 + macs },
});

interface Names {
  readonly name: string;
  readonly split: Split;
  readonly folder: string;
}

function run(
  points: readonly EvaluatedPoint[],
  { name = 'a', split = 'test', folder = `runs/${name}` }: Partial<Names> = {},
): ReportedRun {
  const [{ evaluation }] = points as [EvaluatedPoint];
  const report = { name, method: 'm', points, evaluation: { ...evaluation, split } } as RunReport;
  return { folder, report };
}

const wide = run([evaluated({ width: 1 }), evaluated({ width: 0.5 }, 50)]);
const sparse = run([evaluated({ keep: 1 }), evaluated({ keep: 0.5 })], { name: 'b' });
const single = run([evaluated({})], { name: 'c' });

describe('the axis', () => {
  test.each([
    ['the dial that all runs have', [wide, wide], 'width'],
    ['multiply-adds where dials differ', [wide, sparse], 'macs'],
    ['multiply-adds where a run has no dial', [wide, single], 'macs'],
    ['parameters where multiply-adds are all the same', [sparse, single], 'nonzero'],
  ])('is by itself %s', (_name, runs, name) => {
    expect(chooseAxis(runs).name).toBe(name);
  });

  test.each([
    ['macs', [100, 50]],
    ['nonzero', [130, 80]],
    ['bytes', [1100, 1050]],
    ['width', [1, 0.5]],
  ])('%s', (name, values) => {
    expect(wide.report.points.map(chooseAxis([wide], name).valueOf)).toEqual(values);
  });

  test('that a run does not have is an error that names the run and what it has', () => {
    expect(() => chooseAxis([wide, sparse], 'widht')).toThrow(
      'The operating points of runs/a cannot be drawn over "widht". Did you mean "width"? They have: macs, nonzero, bytes, width.',
    );
    expect(() => chooseAxis([wide, sparse], 'width')).toThrow(/runs\/b .* nonzero, bytes, keep/);
  });
});

describe('curves', () => {
  test('have accuracy in percent, and the name of their run', () => {
    expect(runCurves([wide, single], chooseAxis([wide, single]))).toEqual({
      split: 'test',
      curves: [
        {
          name: 'a (m)',
          points: [
            { x: 100, y: 50 },
            { x: 50, y: 25 },
          ],
        },
        { name: 'c (m)', points: [{ x: 100, y: 50 }] },
      ],
    });
  });

  test('of runs of one name are called by their folders; other splits are told', () => {
    const other = run(wide.report.points, { split: 'validation', folder: 'old/a' });
    const { curves, split } = runCurves([wide, other], chooseAxis([wide, other]));
    expect(curves.map(({ name }) => name)).toEqual(['runs/a (m, test)', 'old/a (m, validation)']);
    expect(split).toBeUndefined();
  });
});
