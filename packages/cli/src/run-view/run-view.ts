import { formatNumber, formatPercent, formatSeconds } from '../text/quantity.ts';
import { epochLine } from './epoch-line.ts';
import { progressLine } from './progress-line.ts';
import type { RunEvent } from '@pare/core';
import type { Host } from '../host.ts';
import type { Output } from '../output/output.ts';
import type { Progress } from './progress.ts';

type Event<Type extends RunEvent['type']> = Extract<RunEvent, { type: Type }>;

/** How the events of a run are told at the terminal. */
export class RunView {
  readonly #output: Output;
  readonly #host: Host;
  readonly #progress: Progress;
  /** Seconds that only grow. */
  readonly #now: () => number;
  #stage: Event<'stage-start'> | undefined;
  #stages: readonly string[] = [];
  /** The epoch that runs, and since when and from which step on its speed is measured. */
  #epoch: { number: number; start: number; firstStep: number } | undefined;

  constructor(output: Output, host: Host, progress: Progress, now: () => number) {
    this.#output = output;
    this.#host = host;
    this.#progress = progress;
    this.#now = now;
  }

  /** Tells one event. */
  on(event: RunEvent): void {
    // The last line is the command's own result.
    if (event.type !== 'result') this.#output.emit({ ...event });
    if (event.type === 'step') return this.#step(event);
    const line = this.#line(event);
    if (line === undefined) return;
    this.#progress.clear();
    this.#output.remark(line);
  }

  /** Takes the moving line away. */
  end(): void {
    this.#progress.clear();
  }

  #line(event: Exclude<RunEvent, Event<'step'>>): string | undefined {
    switch (event.type) {
      case 'run-start':
        this.#stages = event.stages;
        return `${event.resumed ? 'resuming' : 'run'} ${event.name}: ${event.stages.join(', ')}`;
      case 'notice':
        return event.message;
      case 'stage-start':
        return this.#startStage(event);
      case 'epoch':
        this.#startEpoch(event.epoch + 1, 0, this.#now());
        return epochLine(event);
      case 'stage-end':
        return stageEndLine(event);
      case 'interrupted':
        return event.message;
      case 'checkpoint':
      case 'result':
        return undefined;
    }
  }

  #startStage(stage: Event<'stage-start'>): string {
    this.#stage = stage;
    this.#epoch = undefined;
    const number = `stage ${stage.index + 1}/${Math.max(this.#stages.length, stage.index + 1)} ${stage.stage}`;
    if (stage.epochs === undefined) return number;
    const steps = stage.stepsPerEpoch === undefined ? '' : ` of ${stage.stepsPerEpoch} steps`;
    return `${number}: ${stage.epochs} epochs${steps}`;
  }

  #startEpoch(number: number, firstStep: number, start: number): void {
    this.#epoch = { number, start, firstStep };
  }

  #step({ epoch, step, metrics }: Event<'step'>): void {
    const now = this.#now();
    if (this.#epoch?.number !== epoch) this.#startEpoch(epoch, step, now);
    const { start, firstStep } = this.#epoch!;
    const progress = {
      epoch,
      epochs: this.#stage?.epochs ?? epoch,
      step,
      steps: this.#stage?.stepsPerEpoch ?? 0,
      seconds: now - start,
      timed: step - firstStep,
      metrics,
    };
    this.#progress.show(progressLine(progress, this.#host.stderr.columns));
  }
}

function stageEndLine({ stage, evaluation, seconds }: Event<'stage-end'>): string {
  const { split, accuracy, loss } = evaluation;
  return `stage ${stage} done in ${formatSeconds(seconds)}: ${split} accuracy ${formatPercent(accuracy)}, loss ${formatNumber(loss)}`;
}
