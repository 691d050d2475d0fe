import { describe, expect, test } from '@jest/globals';
import { createOutput } from '../output/create-output.ts';
import { DataView } from './data-view.ts';

function view(options: { json: boolean; quiet: boolean }) {
  const texts = { stdout: '', stderr: '', moving: [] as string[] };
  const sink = (name: 'stdout' | 'stderr') => ({
    write: (text: string) => (texts[name] += text),
    isTerminal: true,
    columns: 120,
  });
  const host = {
    stdout: sink('stdout'),
    stderr: sink('stderr'),
    cwd: '/',
    env: {},
    heedInterruption: () => new AbortController().signal,
  };
  const progress = {
    show: (text: string) => void texts.moving.push(text),
    clear: () => void texts.moving.push(''),
  };
  let now = 0;
  const subject = new DataView(createOutput(host, options), host, progress, () => now++);
  const step = (done: number, total: number, phase: 'download' | 'unpack' = 'download') =>
    subject.on({ type: 'progress', phase, file: 'a.zip', done, total });
  return { texts, step, subject };
}

describe('a file on its way', () => {
  test('is a moving line with rate and time left, measured from where it went on', () => {
    const { texts, step } = view({ json: false, quiet: false });
    step(10e6, 40e6);
    // Two calls of the clock later, one second each: 20 MB more.
    step(30e6, 40e6);
    expect(texts.moving.at(-1)).toBe(
      `downloading a.zip ${'━'.repeat(18)}${'─'.repeat(6)} 75 %  30 MB of 40 MB  10 MB/s  1.0 s left`,
    );
    step(1, 4, 'unpack');
    expect(texts.moving.at(-1)).toMatch(/^unpacking a.zip ━{6}─{18} 25 %/);
    expect(texts.stderr).toBe('');
  });

  test('goes before a message is written', () => {
    const { texts, step, subject } = view({ json: false, quiet: false });
    step(1, 2);
    subject.on({ type: 'notice', message: 'a.zip: done' });
    expect([texts.moving.at(-1), texts.stderr]).toEqual(['', 'a.zip: done\n']);
  });

  test('is at most one object a percent with --json', () => {
    const { texts, step } = view({ json: true, quiet: false });
    for (let done = 0; done <= 1000; done++) step(done, 1000);
    const lines = texts.stdout.trim().split('\n');
    expect(lines).toHaveLength(101);
    expect(JSON.parse(lines[50]!)).toEqual({
      type: 'progress',
      phase: 'download',
      file: 'a.zip',
      done: 500,
      total: 1000,
    });
  });
});
