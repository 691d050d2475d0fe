import { describe, expect, test } from '@jest/globals';
import { runExperiment } from '@pare/core';
import { lcMethod } from './lc-method.ts';
import { lcOptions } from './options.ts';
import { blobRun } from './testing/blob-run.ts';
import type { Report, RunEvent, Stage } from '@pare/core';
import type { LcInput } from './testing/blob-run.ts';

async function eventsOf(changes: Partial<LcInput>): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const event of runExperiment(blobRun(changes))) events.push(event);
  return events;
}

const stagesOf = (changes: Partial<LcInput>): readonly Stage[] => {
  const { method, network, dataset } = blobRun(changes);
  return method.plan({ network, dataset: dataset.info, hasStart: true });
};

const notices = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.type === 'notice' ? [event.message] : []));

const epochsOf = (events: readonly RunEvent[], stage: string) =>
  events.flatMap((event) => (event.type === 'epoch' && event.stage === stage ? [event] : []));

/** What the stage that compresses reports. */
function reportOf(events: readonly RunEvent[]): Report {
  const compress = events.find((event) => event.type === 'stage-end' && event.stage === 'compress');
  return (compress as Extract<RunEvent, { type: 'stage-end' }>).report!;
}

const rowsOf = (events: readonly RunEvent[], title: string) =>
  reportOf(events).tables.find((table) => table.title === title)!.rows;

describe('the plan', () => {
  test('learns, compresses and tunes, with what was asked for', () => {
    const names = (changes: Partial<LcInput>) => stagesOf(changes).map(({ name }) => name);
    const middle = ['compress-directly', 'learn-compress', 'compress'];
    expect(names({ pretrain: false })).toEqual(middle);
    expect(names({ finetune: {} })).toEqual(['pretrain', ...middle, 'finetune']);
  });

  test('has the first L step of twice the epochs, unless told otherwise', () => {
    const epochs = (changes: Partial<LcInput>) => {
      const stage = stagesOf(changes).find(({ name }) => name === 'learn-compress')!;
      return stage.kind === 'train' && stage.epochs;
    };
    expect(epochs({ firstEpochs: undefined, epochs: 3 })).toBe(12);
    expect(epochs({ firstEpochs: 0, epochs: 3 })).toBe(6);
  });

  test('with nothing to train is refused', () => {
    expect(() => stagesOf({ mu: [0.1], firstEpochs: 0 })).toThrow(/only L step is left out/);
  });

  test('with a series of mu that overflows is refused', () => {
    expect(() => stagesOf({ mu: { factor: 1e10, steps: 100 } })).toThrow(
      /series of mu ends with Infinity; expected positive finite numbers/,
    );
  });

  test('with more steps than can ever be done is refused', () => {
    expect(() => stagesOf({ mu: { factor: 1, steps: 1e9 } })).toThrow(
      /series of mu has 1000000000 steps; expected at most 1000000/,
    );
  });
});

describe('the steps', () => {
  test('say how much smaller the network is, or larger', async () => {
    const direct = async (tasks: string[]) =>
      notices(await eventsOf({ tasks })).find((message) => message.includes('direct'));
    expect(await direct(['all: prune(keep=5%)'])).toMatch(/, [\d.]+ times smaller$/);
    expect(await direct(['fc1: low-rank(rank=8)', 'fc2: low-rank(rank=3)'])).toMatch(
      /, 1\.\d+ times larger, ranks/,
    );
  });

  test('pull weights and compressed weights together', async () => {
    const events = await eventsOf({ mu: { start: 0.01, factor: 2, steps: 8 } });
    const steps = rowsOf(events, 'Steps');
    expect(steps.map(({ step }) => step)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(Number(steps.at(-1)!.distance)).toBeLessThan(0.05 * Number(steps[0]!.distance));
    expect(reportOf(events).values.distance).toBe(steps.at(-1)!.distance);
  });

  test('have constant learning rates that decay from one to the next, or anew in each', async () => {
    const rates = async (changes: Partial<LcInput>) =>
      epochsOf(await eventsOf(changes), 'learn-compress').map(({ learningRate }) =>
        Number(learningRate.toPrecision(6)),
      );
    const common = { learningRate: 0.1, decay: 0.5 };
    expect(await rates(common)).toEqual([0.1, 0.05, 0.05, 0.025, 0.025]);
    expect(await rates({ ...common, decayPer: 'epoch' })).toEqual([0.1, 0.1, 0.05, 0.1, 0.05]);
    expect(await rates({ ...common, mu: [1, 25, 50], clipLearningRate: true })).toEqual([
      0.1, 0.04, 0.04, 0.02, 0.02,
    ]);
  });

  test('do the C step of an L step that is left out', async () => {
    const events = await eventsOf({
      firstEpochs: 0,
      tasks: ['each all: low-rank(auto, cost=storage, alpha=1e-6)'],
    });
    const steps = notices(events).filter((message) => /^lc: (direct|step)/.test(message));
    expect(steps).toHaveLength(4);
    expect(steps[0]).toMatch(/direct compression.* ranks 0 0 0/);
    // The weights are as they were, but μ counts now.
    expect(steps[1]).toMatch(/step 1: .* ranks [1-9]/);
    // No rate was used in the first one.
    expect(rowsOf(events, 'Steps').map(({ learningRate }) => Number(learningRate) > 0)).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });

  test('begin with a word on weights that a price has left nothing of, not on those that were asked to be 0', async () => {
    const first = { tasks: ['fc1: low-rank(rank=0)', 'fc2: prune(penalty=1e-3)'], mu: [0.1] };
    const said = notices(await eventsOf(first)).filter((message) => message.includes('at first'));
    expect(said).toEqual([expect.stringMatching(/^lc: "fc2" is all zero at first/)]);
  });

  test('fit sums in as many rounds as the method or the task has', async () => {
    const direct = async (task: string, changes: Partial<LcInput> = {}) =>
      notices(await eventsOf({ tasks: [task], mu: [0.1], epochs: 1, ...changes })).find((message) =>
        message.startsWith('lc: direct'),
      );
    const task = 'fc1: low-rank(rank=1) + prune(10%)';
    const once = await direct(`${task} with repetitions=1`);
    expect(await direct(task)).not.toBe(once);
    expect(await direct(task, { repetitions: 1 })).toBe(once);
    expect(await direct(`${task} with repetitions=1`, { repetitions: 10 })).toBe(once);
  });

  test('end as soon as the distance is within the tolerance', async () => {
    const events = await eventsOf({ tolerance: 1e9 });
    expect(epochsOf(events, 'learn-compress')).toHaveLength(1);
    expect(notices(events)).toContainEqual(expect.stringMatching(/at most the tolerance/));
    expect(epochsOf(await eventsOf({ tolerance: 0 }), 'learn-compress')).toHaveLength(5);
  });

  test('with multipliers differ from those of the quadratic penalty', async () => {
    const distance = async (lagrangian: LcInput['lagrangian']) => {
      const steps = notices(await eventsOf({ lagrangian })).filter((m) => m.startsWith('lc: step'));
      return steps.map((step) => /Δ‖² (\S+),/.exec(step)![1]);
    };
    const [augmented, penalty] = [await distance('augmented'), await distance('penalty')];
    // λ is 0 in the first L step and moves behind its C step.
    expect(augmented[0]).toBe(penalty[0]);
    expect(augmented[2]).not.toBe(penalty[2]);
  });
});

describe('the table of tasks', () => {
  test('lists the values of small codebooks, and says where those of large ones lie', async () => {
    const form = async (k: number) =>
      rowsOf(await eventsOf({ tasks: [`all: quantize(k=${k})`], mu: [0.1] }), 'Tasks')[0]!.form;
    expect(await form(16)).toMatch(/^values (-?[\d.]+(e-\d+)?, ){15}-?[\d.]+$/);
    expect(await form(17)).toMatch(/^17 values from -[\d.]+ to [\d.]+$/);
  });
});

describe('a learning rate too large for mu', () => {
  const unstable: Partial<LcInput> = { mu: [0.1, 10, 100], learningRate: 0.5, decay: 1 };

  test('is warned of before training, with the step and the bound', () => {
    const warnings: string[] = [];
    const { network, dataset } = blobRun();
    const method = lcMethod(lcOptions.parse({ tasks: ['all: binarize'], ...unstable }), {
      log: { warn: (message) => warnings.push(message) },
    });
    method.plan({ network, dataset: dataset.info, hasStart: true });
    expect(warnings).toEqual([
      expect.stringMatching(
        /step 2 of 3 has mu 10 and learning rate 0.5: their product 5 is not below 1.357.*clipLearningRate: true/,
      ),
    ]);
  });

  test('is not blamed where the learning rate alone is too large', async () => {
    const wild: Partial<LcInput> = { mu: [1e-6, 2e-6], learningRate: 1e5, epochs: 60 };
    await expect(eventsOf({ ...wild, pretrain: false })).rejects.toThrow(
      /the penalty does not diverge with these .* Choose a lower learningRate\.$/,
    );
  });

  test('ends in an error that says what to do', async () => {
    await expect(eventsOf({ ...unstable, epochs: 60 })).rejects.toThrow(
      /step \d of 3 with mu .* must stay below 1.357. Set clipLearningRate: true/,
    );
  });
});
