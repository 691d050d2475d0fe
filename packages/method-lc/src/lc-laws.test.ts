import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  evaluateNetwork,
  loadArtifact,
  readEvents,
  readRunReport,
  resumeExperiment,
  runExperiment,
} from '@pare/core';
import { blobDataset, checkMethod, createReferenceEngine, watchSteps } from '@pare/core/testing';
import { lcMethod } from './lc-method.ts';
import { lcOptions } from './options.ts';
import { allForms, blobRun } from './testing/blob-run.ts';
import type { RunEvent } from '@pare/core';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pare-lc-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function last(events: AsyncIterable<RunEvent>): Promise<RunEvent> {
  let event: RunEvent | undefined;
  for await (const next of events) event = next;
  return event!;
}

const finetune = { epochs: 2 };

describe.each(allForms)('a network that is %s', (_, form) => {
  test('holds the laws of methods', async () => {
    const create = () => {
      const { tasks = ['all: prune(keep=25%)'] } = form;
      const options = lcOptions.parse({ tasks, mu: [0.1, 0.2], epochs: 1, workers: 0, finetune });
      return Promise.resolve(lcMethod(options));
    };
    await checkMethod(create);
  });

  test('stopped in the middle of a step and resumed, ends with the same bits', async () => {
    const run = () => blobRun({ ...form, finetune });
    const whole = { ...run(), folder: join(folder, 'whole') };
    expect((await last(runExperiment(whole))).type).toBe('result');
    const weights = (name: string) =>
      readFile(join(folder, name, 'model', 'weights.safetensors'), 'hex');
    // In pretraining, in the first L step, in the middle of the last one, in fine-tuning.
    for (const step of [5, 11, 22, 26]) {
      const stop = new AbortController();
      let steps = 0;
      const parts = run();
      const engine = watchSteps(parts.engine, () => {
        if (++steps === step) stop.abort();
      });
      const name = `stopped-${step}`;
      const options = { ...parts, engine, signal: stop.signal, folder: join(folder, name) };
      expect((await last(runExperiment(options))).type).toBe('interrupted');
      expect((await last(resumeExperiment(join(folder, name), run()))).type).toBe('result');
      expect(await weights(name)).toBe(await weights('whole'));
    }
  });

  test('is evaluated the same after it was saved and loaded', async () => {
    await last(runExperiment({ ...blobRun(form), folder: join(folder, 'run') }));
    const { evaluation } = await readRunReport(join(folder, 'run'));
    const { network, weights } = await loadArtifact(join(folder, 'run', 'model'));
    const engine = createReferenceEngine();
    const again = await evaluateNetwork({ engine, network, weights, dataset: blobDataset() });
    expect(again!.correct).toBe(evaluation.correct);
    expect(again!.loss).toBeCloseTo(evaluation.loss, 5);
    expect([...weights.keys()].filter((name) => name.startsWith('lc:'))).toEqual([]);
  });

  test('is compressed already in evaluations of the steps', async () => {
    await last(runExperiment({ ...blobRun(form), folder: join(folder, 'run') }));
    const events = await readEvents(join(folder, 'run', 'events.jsonl'), Infinity);
    const evaluations = events.flatMap((event) =>
      event.type === 'epoch' && event.stage === 'learn-compress' ? [event.evaluation] : [],
    );
    expect(evaluations.map((evaluation) => evaluation !== undefined)).toEqual([
      true,
      false,
      true,
      false,
      true,
    ]);
    const compressed = events.find(
      (event) => event.type === 'stage-end' && event.stage === 'compress',
    );
    const { evaluation } = compressed as Extract<RunEvent, { type: 'stage-end' }>;
    expect(evaluations.at(-1)!.correct).toBe(evaluation.correct);
    expect(evaluations.at(-1)!.loss).toBeCloseTo(evaluation.loss, 4);
  });
});
