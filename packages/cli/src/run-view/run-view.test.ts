import { describe, expect, test } from '@jest/globals';
import { createOutput } from '../output/create-output.ts';
import { epochLine } from './epoch-line.ts';
import { progressLine } from './progress-line.ts';
import { RunView } from './run-view.ts';
import type { RunEvent } from '@pare/core';

const evaluation = { split: 'test', loss: 0.1, accuracy: 0.975, correct: 39, count: 40 } as const;
const epoch = {
  type: 'epoch',
  stage: 'train',
  epoch: 2,
  epochs: 10,
  learningRate: 0.1,
  train: { loss: 0.4118, accuracy: 0.9, reg: 23.14159 },
  evaluation,
  seconds: 4.08,
} as const;

describe('an epoch is one line', () => {
  test('with the accuracy of its evaluation and the metrics of the method', () => {
    expect(epochLine(epoch)).toBe(
      'epoch  2/10  loss 0.412  test accuracy 97.50 %  reg 23.14  4.1 s',
    );
  });

  test('with the accuracy of training where nothing was evaluated', () => {
    expect(epochLine({ ...epoch, evaluation: undefined })).toContain('train accuracy 90.00 %');
  });
});

describe('the moving line', () => {
  // 30 steps in 3 s are 10 a second; 50 of this epoch and 100 of the last one are left.
  const progress = {
    epoch: 1,
    epochs: 2,
    step: 50,
    steps: 100,
    seconds: 3,
    timed: 30,
    metrics: { loss: 0.5 },
  };

  test('shows rate, loss and the time that is left of the stage', () => {
    expect(progressLine(progress, 200)).toBe(
      `epoch 1/2 ${'━'.repeat(12)}${'─'.repeat(12)} 50 %  10 steps/s  loss 0.500  15.0 s left`,
    );
  });

  test('is never wider than the terminal', () => {
    expect(progressLine(progress, 40)).toHaveLength(37);
  });

  test('says nothing of speed before it has been measured', () => {
    expect(progressLine({ ...progress, seconds: 0, timed: 0 }, 200)).not.toMatch(/steps|left/);
  });
});

describe('events of a run', () => {
  function view(options: { json: boolean; quiet: boolean }) {
    const texts = { stdout: '', stderr: '', moving: [] as string[] };
    const sink = (name: 'stdout' | 'stderr') => ({
      write: (text: string) => (texts[name] += text),
      isTerminal: true,
      columns: 100,
    });
    const host = {
      stdout: sink('stdout'),
      stderr: sink('stderr'),
      cwd: '/',
      env: {},
      heedInterruption: () => new AbortController().signal,
    };
    let now = 0;
    const progress = {
      show: (text: string) => void texts.moving.push(text),
      clear: () => void texts.moving.push(''),
    };
    const subject = new RunView(createOutput(host, options), host, progress, () => now++);
    return { texts, tell: (...events: RunEvent[]) => events.forEach((event) => subject.on(event)) };
  }
  const start: RunEvent[] = [
    { type: 'run-start', name: 'tiny', stages: ['train', 'prune'], resumed: false },
    { type: 'stage-start', stage: 'train', index: 0, kind: 'train', epochs: 10, stepsPerEpoch: 20 },
  ];
  const step = (at: number): RunEvent => ({
    type: 'step',
    stage: 'train',
    epoch: 2,
    step: at,
    metrics: { loss: 1 },
  });

  test('are lines on standard error', () => {
    const { texts, tell } = view({ json: false, quiet: false });
    tell(...start, epoch, { type: 'stage-end', stage: 'train', evaluation, seconds: 8 });
    expect(texts.stdout).toBe('');
    expect(texts.stderr.split('\n')).toEqual([
      'run tiny: train, prune',
      'stage 1/2 train: 10 epochs of 20 steps',
      epochLine(epoch),
      'stage train done in 8.0 s: test accuracy 97.50 %, loss 0.1',
      '',
    ]);
  });

  test('move a line in between, which goes before the next one is written', () => {
    const { texts, tell } = view({ json: false, quiet: false });
    tell(...start, step(4), step(6), epoch);
    // One second a call of the clock: the second event comes 1 s after the first, with 2 steps done.
    expect(texts.moving.at(-2)).toContain(' 30 %  2.0 steps/s');
    expect(texts.moving.at(-1)).toBe('');
  });

  test('are objects with --json, but for the result, which the command writes', () => {
    const { texts, tell } = view({ json: true, quiet: false });
    const report = { values: {}, tables: [] };
    tell(...start, { type: 'result', evaluation, report, folder: 'x', seconds: 1 });
    const types = texts.stdout
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as RunEvent).type);
    expect(types).toEqual(['run-start', 'stage-start']);
    expect(texts.stderr).toBe('');
  });

  test('are not told with --quiet', () => {
    const { texts, tell } = view({ json: false, quiet: true });
    tell(...start, epoch);
    expect(texts.stderr).toBe('');
  });
});
