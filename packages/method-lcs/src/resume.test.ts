import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readEvents, resumeExperiment, runExperiment } from '@pare/core';
import { allVariants, blobRun } from './testing/blob-runs.ts';
import { countSessions } from './testing/count-sessions.ts';
import type { RunEvent } from '@pare/core';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pare-lcs-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Stopped in the middle of an epoch of three steps: after compression is fully on, and some before that. */
const runs = [
  ...allVariants.map(([setting, variant, norm]) => [setting, variant, 8, norm] as const),
  ['unstructured', 'lcs-l', 4, 'group'] as const,
  ['quantized', 'lcs-p', 4, 'group'] as const,
];

async function last(events: AsyncIterable<RunEvent>): Promise<RunEvent> {
  let event: RunEvent | undefined;
  for await (const next of events) event = next;
  return event!;
}

/** Losses of all epochs, as the log has them. */
async function losses(name: string) {
  const events = await readEvents(join(folder, name, 'events.jsonl'), Infinity);
  return events.flatMap((event) => (event.type === 'epoch' ? [event.train] : []));
}

test.each(runs)(
  '%s %s, stopped after step %d and resumed, ends with the same bits',
  async (setting, variant, step, norm) => {
    const parts = blobRun(setting, variant, norm);
    expect((await last(runExperiment({ ...parts, folder: join(folder, 'whole') }))).type).toBe(
      'result',
    );

    const stop = new AbortController();
    const { engine, counts } = countSessions(parts.engine, (done) => done === step && stop.abort());
    const options = { ...parts, engine, signal: stop.signal, folder: join(folder, 'stopped') };
    expect((await last(runExperiment(options))).type).toBe('interrupted');
    expect(counts.steps).toBeLessThan(12);
    const fresh = blobRun(setting, variant, norm);
    expect((await last(resumeExperiment(join(folder, 'stopped'), fresh))).type).toBe('result');

    const weights = (name: string) =>
      readFile(join(folder, name, 'model', 'weights.safetensors'), 'hex');
    expect(await weights('stopped')).toBe(await weights('whole'));
    expect(await losses('stopped')).toEqual(await losses('whole'));
  },
  60_000,
);
