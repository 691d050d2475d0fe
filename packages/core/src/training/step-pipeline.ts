import { RunningMeans } from './running-means.ts';
import type { HostTensor } from '../contracts/tensor.ts';
import type { MeansState } from './running-means.ts';

type Outputs = Readonly<Record<string, HostTensor>>;

/** Steps that may be under way at once: the engine never waits for the host. */
const inFlight = 2;

/** Thrown where a step's objective is not finite; `step` is the number of finite steps before it in the epoch. */
export class NonFiniteTotal extends Error {
  readonly total: number;

  constructor(total: number) {
    super(`the objective is ${total}`);
    this.total = total;
  }
}

/** The steps of one epoch: some still under way, the others counted. */
export class StepPipeline {
  /** Names of means and of the outputs that they are taken from. */
  readonly #outputs: readonly string[];
  readonly #means: RunningMeans;
  readonly #waiting: { readonly answer: Promise<Outputs>; readonly size: number }[] = [];
  #step: number;

  /** `metrics`: names of the objective's; `loss` is its total where it has no metric of that name. */
  constructor(metrics: readonly string[], step = 0, state?: MeansState) {
    const hasLoss = metrics.includes('loss');
    this.#outputs = [...(hasLoss ? [] : ['total']), ...metrics.map((name) => `metric.${name}`)];
    this.#means = new RunningMeans(hasLoss ? metrics : ['loss', ...metrics], state);
    this.#step = step;
  }

  /** Steps counted in this epoch. */
  get step(): number {
    return this.#step;
  }

  /** Adds a step that was just started; waits for the oldest one where enough are under way. */
  async push(answer: Promise<Outputs>, size: number): Promise<void> {
    // A failure is thrown where the answer is awaited; until then it must not count as unhandled.
    answer.catch(() => undefined);
    this.#waiting.push({ answer, size });
    if (this.#waiting.length >= inFlight) await this.#settle();
  }

  /** Waits until every step is counted. Throws NonFiniteTotal. */
  async settleAll(): Promise<void> {
    while (this.#waiting.length > 0) await this.#settle();
  }

  /** Waits until nothing is under way, whatever came of it. */
  async abandon(): Promise<void> {
    await Promise.allSettled(this.#waiting.map(({ answer }) => answer));
  }

  async #settle(): Promise<void> {
    const { answer, size } = this.#waiting[0]!;
    const outputs = await answer;
    this.#waiting.shift();
    const total = outputs.total!.data[0]!;
    if (!Number.isFinite(total)) throw new NonFiniteTotal(total);
    this.#means.add((i) => outputs[this.#outputs[i]!]!.data[0]!, outputs.correct!.data[0]!, size);
    this.#step++;
  }

  /** Means over the examples of the counted steps, and `accuracy`. */
  means(): Record<string, number> {
    return this.#means.means();
  }

  /** What a checkpoint keeps of the means. */
  state(): MeansState {
    return this.#means.state();
  }
}
