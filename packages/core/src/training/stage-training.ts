import { setImmediate as nextTurn } from 'node:timers/promises';
import { PareError } from '../errors/pare-error.ts';
import { checkLabels, selectionSplit } from '../evaluation/check-data.ts';
import { evaluateSplit } from '../evaluation/evaluate-split.ts';
import { Evaluator } from '../evaluation/evaluator.ts';
import { explainEvaluation, explainNonFinite } from './explain-non-finite.ts';
import { runHook } from './run-hook.ts';
import { StepFeeds } from './step-feeds.ts';
import { NonFiniteTotal, StepPipeline } from './step-pipeline.ts';
import { startPosition } from './training-snapshot.ts';
import type { Batch } from '../contracts/dataset.ts';
import type { Session } from '../contracts/engine.ts';
import type { Evaluation, RunEvent } from '../contracts/events.ts';
import type { TrainStage } from '../contracts/method.ts';
import type { Tensors } from '../contracts/tensor.ts';
import type { TrainingPrograms } from './build-training-program.ts';
import type { Anchor } from './explain-non-finite.ts';
import type { TrainOutcome, TrainStageOptions } from './train-stage.ts';
import type { BestEpoch, TrainingPosition } from './training-snapshot.ts';

type Events<Result> = AsyncGenerator<RunEvent, Result, void>;

/** Milliseconds after which timers, signals and other work of the process get their turn. */
const turnInterval = 20;

/** One run through the epochs of a training stage. */
export class StageTraining {
  readonly #options: TrainStageOptions;
  readonly #built: TrainingPrograms;
  readonly #session: Session;
  readonly #feeds: StepFeeds;
  /** Only where what is measured is not the network that is trained. */
  readonly #evaluator: Evaluator;
  #epoch: number;
  #phase: TrainingPosition['phase'];
  #pipeline: StepPipeline;
  #best: BestEpoch | undefined;
  /** Evaluation of the epoch that was done last. */
  #last: Evaluation | undefined;
  #anchor: Anchor;
  #started: number;
  #nextTurn = 0;
  #nextStepEvent = 0;

  constructor(
    options: TrainStageOptions,
    built: TrainingPrograms,
    session: Session,
    variables: Tensors,
  ) {
    const { network, stage, dataset, random, clock, resume } = options;
    const { sizes, name } = dataset.info;
    if (!sizes.train)
      throw new PareError('EMPTY_SPLIT', `The train split of "${name}" has no examples.`);
    const stepsPerEpoch = Math.ceil(sizes.train / stage.batchSize);
    const { epoch, step, phase, means, seconds } = resume?.position ?? startPosition;
    this.#options = options;
    this.#built = built;
    this.#session = session;
    this.#evaluator = new Evaluator(options);
    this.#feeds = new StepFeeds({ network, stage, built, stepsPerEpoch, random });
    this.#epoch = epoch;
    this.#phase = phase;
    this.#pipeline = new StepPipeline(built.metrics, step, means);
    this.#best = resume?.best;
    this.#anchor = { step, variables };
    this.#started = clock.monotonic() - 1000 * seconds;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#evaluator[Symbol.asyncDispose]();
  }

  /** Trains to the end or to the signal. */
  async *run(): Events<TrainOutcome> {
    try {
      if (this.#startCompetes() && !(await this.#evaluateEpoch(0)))
        return yield* this.#interrupted();
      while (this.#epoch < this.#options.stage.epochs) {
        if (!(yield* this.#runEpoch())) return yield* this.#interrupted();
      }
      return yield* this.#result();
    } finally {
      await this.#pipeline.abandon();
    }
  }

  /** One epoch, or what is left of it; false where the signal stopped it. */
  async *#runEpoch(): Events<boolean> {
    const { stage, clock } = this.#options;
    if (this.#phase === 'before') {
      this.#started = clock.monotonic();
      yield* this.#hook(stage.beforeEpoch);
      if (stage.beforeEpoch) this.#anchor = { step: 0, variables: await this.#session.read() };
      this.#phase = 'steps';
    }
    if (this.#phase === 'steps') {
      if (!(yield* this.#steps())) return false;
      yield* this.#hook(stage.afterEpoch);
      this.#phase = 'evaluate';
    }
    const due = this.#evaluationIsDue();
    const evaluation = due ? await this.#evaluateEpoch(this.#epoch + 1) : undefined;
    if (due && !evaluation) return false;
    this.#last = evaluation;
    yield this.#epochEvent(evaluation);
    this.#epoch++;
    this.#phase = 'before';
    this.#pipeline = new StepPipeline(this.#built.metrics);
    this.#started = clock.monotonic();
    yield* this.#save(this.#checkpointIsDue());
    return true;
  }

  async *#steps(): Events<boolean> {
    try {
      return yield* this.#runSteps();
    } catch (error) {
      if (!(error instanceof NonFiniteTotal)) throw error;
      throw await this.#explain(error.total);
    }
  }

  async *#runSteps(): Events<boolean> {
    const { dataset, stage, signal, settings, clock } = this.#options;
    const { classes } = dataset.info;
    const every = settings?.checkpointEvery?.steps ?? 0;
    const pipeline = this.#pipeline;
    let submitted = pipeline.step;
    for await (const batch of this.#batches(submitted)) {
      checkLabels(batch, classes, 'train', submitted * stage.batchSize);
      const feeds = this.#feeds.of(batch, this.#epoch, submitted);
      await pipeline.push(this.#session.run('train', feeds), batch.size);
      submitted++;
      if (clock.monotonic() >= this.#nextTurn) yield* this.#takeTurn();
      if (signal?.aborted) {
        await pipeline.settleAll();
        return false;
      }
      if (every > 0 && submitted % every === 0) {
        await pipeline.settleAll();
        yield* this.#save();
      }
    }
    await pipeline.settleAll();
    return true;
  }

  #batches(start: number): AsyncIterable<Batch> {
    const { dataset, stage, random } = this.#options;
    const { seed } = random.fork(`epoch ${this.#epoch}`);
    return dataset.batches('train', { batchSize: stage.batchSize, seed, start });
  }

  async #explain(total: number): Promise<PareError> {
    await this.#pipeline.abandon();
    return explainNonFinite({
      ...this.#options,
      session: this.#session,
      built: this.#built,
      feeds: this.#feeds,
      epoch: this.#epoch,
      step: this.#pipeline.step,
      total,
      anchor: this.#anchor,
      batches: (start) => this.#batches(start),
    });
  }

  /** Lets the process handle signals and timers, which engines without a thread of their own would starve. */
  async *#takeTurn(): Events<void> {
    const { clock, stage, settings } = this.#options;
    const { step } = this.#pipeline;
    await nextTurn();
    const now = clock.monotonic();
    this.#nextTurn = now + turnInterval;
    if (now < this.#nextStepEvent || step === 0) return;
    this.#nextStepEvent = now + (settings?.stepEventInterval ?? 200);
    const metrics = this.#pipeline.means();
    yield { type: 'step', stage: stage.name, epoch: this.#epoch + 1, step, metrics };
  }

  async *#hook(hook: TrainStage['beforeEpoch']): Events<void> {
    if (hook) yield* runHook(hook, this.#epoch + 1, this.#options.network, this.#session);
  }

  #evaluationIsDue(): boolean {
    const { stage, settings } = this.#options;
    const every = stage.keep === 'best' ? 1 : (settings?.evaluateEvery ?? 1);
    return every > 0 && (this.#epoch + 1) % every === 0;
  }

  #startCompetes(): boolean {
    const { stage } = this.#options;
    const atStart = this.#epoch === 0 && this.#phase === 'before' && !this.#best;
    return stage.keep === 'best' && stage.startCompetes === true && atStart;
  }

  /** Evaluates, and keeps the weights where they are strictly better than the best; undefined where the signal stopped it. */
  async #evaluateEpoch(epoch: number): Promise<Evaluation | undefined> {
    const { stage } = this.#options;
    const evaluation = await this.#evaluate(`after epoch ${epoch} of stage "${stage.name}"`);
    const isBetter = evaluation && !(evaluation.correct <= (this.#best?.evaluation.correct ?? -1));
    if (stage.keep === 'best' && isBetter) {
      this.#best = { epoch, evaluation, weights: await this.#readWeights() };
    }
    return evaluation;
  }

  async #evaluate(where: string): Promise<Evaluation | undefined> {
    const { dataset, settings, network, signal, measured } = this.#options;
    const split = selectionSplit(dataset.info);
    const how = { split, signal, batchSize: settings?.evaluationBatchSize };
    const there = measured?.({ network, weights: await this.#readWeights() });
    const evaluation = there
      ? await this.#evaluator.evaluate(there, how)
      : await evaluateSplit({ session: this.#session, network, dataset, ...how });
    if (!evaluation || Number.isFinite(evaluation.loss)) return evaluation;
    const seen = there ?? { network, weights: await this.#readWeights() };
    throw explainEvaluation(where, evaluation, seen.network, seen.weights);
  }

  /** The parameters now. What lies beside the graph may be in no program of the stage: it is as it was. */
  async #readWeights(): Promise<Tensors> {
    const { network, weights } = this.#options;
    const names = network.parameters.map(({ name }) => name);
    const now = await this.#session.read(names.filter((name) => this.#anchor.variables.has(name)));
    return new Map(names.map((name) => [name, now.get(name) ?? weights.get(name)!]));
  }

  async *#result(): Events<TrainOutcome> {
    const { stage } = this.#options;
    if (stage.keep !== 'best' || !this.#best) {
      return { weights: await this.#readWeights(), evaluation: this.#last, interrupted: false };
    }
    const { epoch, evaluation, weights } = this.#best;
    const origin = epoch === 0 ? 'from before its first epoch' : `of epoch ${epoch}`;
    const accuracy = `${(100 * evaluation.accuracy).toFixed(2)} % on the ${evaluation.split} split`;
    yield {
      type: 'notice',
      message: `stage "${stage.name}" ends with the weights ${origin}: ${accuracy}`,
    };
    return { weights, evaluation, interrupted: false };
  }

  #epochEvent(evaluation: Evaluation | undefined): RunEvent {
    const { stage } = this.#options;
    return {
      type: 'epoch',
      stage: stage.name,
      epoch: this.#epoch + 1,
      epochs: stage.epochs,
      learningRate: this.#feeds.learningRate(this.#epoch, Math.max(this.#pipeline.step - 1, 0)),
      train: this.#pipeline.means(),
      ...(evaluation && { evaluation }),
      seconds: this.#seconds(),
    };
  }

  async *#interrupted(): Events<TrainOutcome> {
    yield* this.#save();
    return { weights: await this.#readWeights(), evaluation: undefined, interrupted: true };
  }

  #checkpointIsDue(): boolean {
    const { stage, settings } = this.#options;
    const every = settings?.checkpointEvery?.epochs ?? 1;
    return this.#epoch === stage.epochs || (every > 0 && this.#epoch % every === 0);
  }

  /** Copies every variable, for the replay of a failed step and, where one is due, into a checkpoint. */
  async *#save(due = true): Events<void> {
    const variables = await this.#session.read();
    const { step } = this.#pipeline;
    this.#anchor = { step, variables };
    const { save } = this.#options;
    if (!save || !due) return;
    const means = this.#pipeline.state();
    const position = {
      epoch: this.#epoch,
      step,
      phase: this.#phase,
      means,
      seconds: this.#seconds(),
    };
    yield { type: 'checkpoint', path: await save({ position, variables, best: this.#best }) };
  }

  #seconds(): number {
    return (this.#options.clock.monotonic() - this.#started) / 1000;
  }
}
