import { describe, expect, test } from '@jest/globals';
import { constantSchedule } from './constant.ts';
import { cosineSchedule } from './cosine.ts';
import { multiStepSchedule } from './multi-step.ts';
import { linearSchedule, polynomialSchedule } from './ramp.ts';
import { stepSchedule } from './step.ts';
import { warmUp } from './warm-up.ts';
import type { Progress, Schedule } from '../contracts/schedule.ts';

const stage = { epochs: 10, stepsPerEpoch: 4 };
const atStep = (step: number): Progress => ({ ...stage, step, epoch: Math.floor(step / 4) });
const byEpoch = (schedule: Schedule) =>
  Array.from({ length: 10 }, (_, epoch) => schedule(atStep(4 * epoch)));

// Learning rates of torch 2.13 with a base rate of 1, read before each of ten epochs:
// StepLR(3, 0.1), MultiStepLR([2, 5], 0.5), CosineAnnealingLR(10, 0.1), LinearLR(0.25, 1, 4), PolynomialLR(8, 2),
// ChainedScheduler([LinearLR(0.1, 1, 3), MultiStepLR([2, 5], 0.5)]),
// SequentialLR([LinearLR(0.1, 1, 3), CosineAnnealingLR(7, 0)], [3]).
const torch: Record<string, [Schedule, number[]]> = {
  step: [stepSchedule({ every: 3 }), [1, 1, 1, 0.1, 0.1, 0.1, 0.01, 0.01, 0.01, 0.001]],
  'multi-step': [
    multiStepSchedule({ milestones: [5, 2], gamma: 0.5 }),
    [1, 1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.25, 0.25],
  ],
  cosine: [
    cosineSchedule({ to: 0.1 }),
    [
      1, 0.9779754323, 0.9140576475, 0.8145033635, 0.6890576475, 0.55, 0.4109423525, 0.2854966365,
      0.1859423525, 0.1220245677,
    ],
  ],
  linear: [
    linearSchedule({ from: 0.25, to: 1, over: 4 }),
    [0.25, 0.4375, 0.625, 0.8125, 1, 1, 1, 1, 1, 1],
  ],
  polynomial: [
    polynomialSchedule({ over: 8, power: 2 }),
    [1, 0.765625, 0.5625, 0.390625, 0.25, 0.140625, 0.0625, 0.015625, 0, 0],
  ],
  'warm-up in a chain': [
    warmUp(multiStepSchedule({ milestones: [2, 5], gamma: 0.5 }), { over: 3, from: 0.1 }),
    [0.1, 0.4, 0.35, 0.5, 0.5, 0.25, 0.25, 0.25, 0.25, 0.25],
  ],
  'warm-up in a sequence': [
    warmUp(cosineSchedule(), { over: 3, from: 0.1, mode: 'sequence' }),
    [
      0.1, 0.4, 0.7, 1, 0.950484434, 0.8117449009, 0.611260467, 0.388739533, 0.1882550991,
      0.04951556605,
    ],
  ],
};

describe('gives the rates of PyTorch at the starts of epochs', () => {
  test.each(Object.entries(torch))('%s', (_name, [schedule, rates]) => {
    byEpoch(schedule).forEach((rate, epoch) => expect(rate).toBeCloseTo(rates[epoch]!, 9));
  });
});

test('a schedule by epoch stays within an epoch; one by step moves', () => {
  expect(cosineSchedule()(atStep(7))).toBe(cosineSchedule()(atStep(4)));
  expect(cosineSchedule({ per: 'step' })(atStep(20))).toBeCloseTo(0.5, 12);
  expect(linearSchedule({ per: 'step' })(atStep(1))).toBeCloseTo(39 / 40, 12);
  expect(stepSchedule({ every: 2, gamma: 0.5, per: 'step' })(atStep(5))).toBe(0.25);
});

test('by step and by epoch agree where an epoch starts', () => {
  const bySteps = byEpoch(cosineSchedule({ per: 'step' }));
  byEpoch(cosineSchedule()).forEach((rate, i) => expect(bySteps[i]).toBeCloseTo(rate, 12));
});

test('a cosine and a ramp stay at their end', () => {
  expect(cosineSchedule({ to: 0.2, over: 5 })(atStep(36))).toBeCloseTo(0.2, 12);
  expect(linearSchedule({ over: 5 })(atStep(36))).toBe(0);
});

test('a warm-up by step hands over in the middle of an epoch', () => {
  const schedule = warmUp(linearSchedule({ per: 'step' }), {
    over: 6,
    per: 'step',
    mode: 'sequence',
  });
  expect(schedule(atStep(3))).toBe(0.5);
  expect(schedule(atStep(6))).toBe(1);
  expect(schedule(atStep(23))).toBeCloseTo(0.5, 12);
});

test('a constant is constant', () => {
  expect(byEpoch(constantSchedule({ factor: 0.5 }))).toEqual(Array(10).fill(0.5));
});

test('a wrong option is an error in words', () => {
  expect(() => stepSchedule({ every: 0 })).toThrow(
    'schedule "step": "every" must be more than 0; received 0.',
  );
});
