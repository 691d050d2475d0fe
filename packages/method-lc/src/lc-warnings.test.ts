import { describe, expect, test } from '@jest/globals';
import { parseOptions, runExperiment } from '@pare/core';
import { lcMethod } from './lc-method.ts';
import { lcOptions } from './options.ts';
import { blobRun } from './testing/blob-run.ts';
import type { LcInput } from './testing/blob-run.ts';

/** What is said before anything is trained. */
function warningsOf(changes: Partial<LcInput>, hasStart = true): string[] {
  const warnings: string[] = [];
  const { network, dataset } = blobRun();
  const log = { warn: (message: string) => void warnings.push(message) };
  lcMethod(lcOptions.parse({ tasks: ['all: binarize'], ...changes }), { log }).plan({
    network,
    dataset: dataset.info,
    hasStart,
  });
  return warnings;
}

/** What is said while the stage runs. */
async function noticesOf(stage: string, changes: Partial<LcInput>): Promise<string[]> {
  const notices: string[] = [];
  let now = '';
  for await (const event of runExperiment(blobRun(changes))) {
    if (event.type === 'stage-start') now = event.stage;
    if (event.type === 'notice' && now === stage) notices.push(event.message);
  }
  return notices;
}

describe('before training, people are warned', () => {
  test('of a mu that falls, and not of one that stays', () => {
    const falling = expect.stringMatching(
      /^lc: mu falls from 0.5 to 0.1 at step 3 of 4; expected values that rise/,
    );
    expect(warningsOf({ mu: [0.1, 0.5, 0.1, 0.5] })).toEqual([falling]);
    expect(warningsOf({ mu: { factor: 0.9, steps: 3 } })).toHaveLength(1);
    expect(warningsOf({ mu: [0.1, 0.5, 0.5, 0.6] })).toEqual([]);
    expect(warningsOf({ mu: { steps: 2, repetitions: 2 } })).toEqual([]);
  });

  test('of weights that nothing has trained', () => {
    const random = expect.stringMatching(/are random: .* neither "start" weights nor "pretrain"/);
    expect(warningsOf({}, false)).toEqual([random]);
    expect(warningsOf({ pretrain: {} }, false)).toEqual([]);
    expect(warningsOf({}, true)).toEqual([]);
  });

  test('of a rank that saves nothing', () => {
    expect(warningsOf({ tasks: ['fc2: low-rank(rank=3)'] })).toEqual([
      expect.stringMatching(/"fc2": full rank/),
    ]);
  });
});

describe('mu is refused', () => {
  test.each<[string, unknown, string]>([
    ['without a value', [], '"mu" must have at least 1 element'],
    ['that is 0', [0], '"mu[0]" must be more than 0; received 0'],
    ['that is negative', { start: -1 }, '"mu.start" must be more than 0; received -1'],
    ['that is not a number', [Number.NaN], '"mu[0]" must be a number; received NaN'],
    ['that is not finite', [0.1, Infinity], '"mu[1]" must be a number; received Infinity'],
    ['with a factor of 0', { factor: 0 }, '"mu.factor" must be more than 0; received 0'],
    ['with half a step', { steps: 2.5 }, '"mu.steps" must be a whole number'],
  ])('%s', (_name, mu, told) => {
    const options = { tasks: ['all: binarize'], mu };
    expect(() => parseOptions(lcOptions, options, { owner: 'method "lc"' })).toThrow(told);
  });
});

describe('after the last step it is said', () => {
  const compress = (changes: Partial<LcInput>) => noticesOf('compress', changes);

  test('which tasks have lost all their weights, and what may help', async () => {
    const notices = await compress({
      tasks: ['fc1: prune(penalty=1000)', 'fc2: prune(50%)', 'conv1: prune(penalty=1000)'],
    });
    expect(notices).toContainEqual(
      expect.stringMatching(
        /^lc: "fc1", "conv1" are all zero after the last step.*lower the penalty.*larger mu than 0.2\./,
      ),
    );
  });

  test('that weights and compressed weights are further apart than at first', async () => {
    const far = { tasks: ['each all: quantize(k=2)'], mu: [1e-9], epochs: 6, firstEpochs: 6 };
    const unmet = expect.stringMatching(/larger than before the first step.*larger mu than 1e-9\./);
    expect(await compress(far)).toContainEqual(unmet);
    expect(await compress({ ...far, mu: [0.1, 1, 10] })).not.toContainEqual(unmet);
  });

  test('that the compressed form is no smaller', async () => {
    const kernel = blobRun().network.parameters.find(({ name }) => name === 'fc1.weight')!;
    const count = kernel.shape.reduce((a, b) => a * b, 1);
    expect(await compress({ tasks: [`fc1: quantize(k=${count})`] })).toContainEqual(
      expect.stringMatching(/take more room.*compression ratio 0\.\d+\)\. Choose fewer values/),
    );
  });

  test('nothing where all is well', async () => {
    expect(await compress({ mu: [0.1, 1, 5] })).toEqual([]);
  });
});

test('learning rates of the stages before and after fall at milestones, or after every epoch', async () => {
  const rates = async (changes: Partial<LcInput>) => {
    const found: Record<string, number[]> = { pretrain: [], finetune: [] };
    for await (const event of runExperiment(blobRun({ mu: [0.1], ...changes }))) {
      if (event.type === 'epoch') found[event.stage]?.push(Number(event.learningRate.toFixed(6)));
    }
    return found;
  };
  const settings = { epochs: 4, learningRate: 0.08, decay: 0.5 };
  expect(
    await rates({ pretrain: { ...settings, milestones: [1, 3] }, finetune: settings }),
  ).toEqual({ pretrain: [0.08, 0.04, 0.04, 0.02], finetune: [0.08, 0.04, 0.02, 0.01] });
});
