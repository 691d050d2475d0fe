import { bar } from '../text/bar.ts';
import { formatBytes, formatSeconds } from '../text/quantity.ts';
import type { DataEvent } from '@pare/core';
import type { Host } from '../host.ts';
import type { Output } from '../output/output.ts';
import type { Progress } from '../run-view/progress.ts';

type Step = Extract<DataEvent, { type: 'progress' }>;

const doing = { check: 'comparing', download: 'downloading', unpack: 'unpacking' } as const;

/** How it is told at the terminal that files are compared, downloaded and unpacked. */
export class DataView {
  readonly #output: Output;
  readonly #host: Host;
  readonly #progress: Progress;
  /** Seconds that only grow. */
  readonly #now: () => number;
  /** The work that goes on, and since when and from which byte on its speed is measured. */
  #work: { key: string; since: number; from: number; percent: number } | undefined;

  constructor(output: Output, host: Host, progress: Progress, now: () => number) {
    this.#output = output;
    this.#host = host;
    this.#progress = progress;
    this.#now = now;
  }

  /** Tells one event; with `--json` the progress of a file in a hundred steps at most. */
  readonly on = (event: DataEvent): void => {
    if (event.type === 'notice') {
      this.#output.emit({ ...event });
      this.#progress.clear();
      this.#output.remark(event.message);
    } else {
      this.#step(event);
    }
  };

  /** Takes the moving line away. */
  end(): void {
    this.#progress.clear();
  }

  #step(step: Step): void {
    const { phase, file, done, total } = step;
    const key = `${phase} ${file}`;
    if (this.#work?.key !== key || done < this.#work.from) {
      this.#work = { key, since: this.#now(), from: done, percent: -1 };
    }
    const percent = total > 0 ? Math.floor((100 * done) / total) : 100;
    if (percent > this.#work.percent) this.#output.emit({ ...step });
    this.#work.percent = percent;
    const seconds = this.#now() - this.#work.since;
    const rate = seconds > 0 ? (done - this.#work.from) / seconds : 0;
    this.#progress.show(stepLine(step, rate).slice(0, Math.max(20, this.#host.stderr.columns - 3)));
  }
}

/** For example `downloading a.zip ━━━━━━──── 60 %  150 of 248 MB  9.7 MB/s  10.1 s left`. */
function stepLine({ phase, file, done, total }: Step, rate: number): string {
  const parts = [
    `${doing[phase]} ${file} ${bar(total > 0 ? done / total : 1)}`,
    `${formatBytes(done)} of ${formatBytes(total)}`,
  ];
  if (rate > 0) {
    parts.push(`${formatBytes(rate)}/s`, `${formatSeconds((total - done) / rate)} left`);
  }
  return parts.join('  ');
}
