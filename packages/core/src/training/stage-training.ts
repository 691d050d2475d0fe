import { setImmediate as nextTurn } from 'node:timers/promises';
import { PareError } from '../errors/pare-error.ts';
import { checkLabels } from '../evaluation/check-data.ts';
import { explainNonFinite } from './explain-non-finite.ts';
import { runHook } from './run-hook.ts';
import { StageEvaluations } from './stage-evaluations.ts';
import { StepFeeds } from './step-feeds.ts';
import { NonFiniteTotal, StepPipeline } from './step-pipeline.ts';
import { startPosition } from './training-snapshot.ts';
import type { Batch } from '../contracts/dataset.ts';
import type { Session } from '../contracts/engine.ts';
import type { Evaluation, RunEvent } from '../contracts/events.ts';
import type { StageHookContext } from '../contracts/method.ts';
import type { Tensors } from '../contracts/tensor.ts';
import type { TrainingPrograms } from './build-training-program.ts';
import type { Anchor } from './explain-non-finite.ts';
import type { TrainOutcome, TrainStageOptions } from './train-stage.ts';
import type { TrainingPosition } from './training-snapshot.ts';

type Events<Result> = AsyncGenerator<RunEvent, Result, void>;

/** Milliseconds after which timers, signals and other work of the process get their turn. */
const turnInterval = 20;

/** One run through the epochs of a training stage. */
export class StageTraining {
  readonly #options: TrainStageOptions;
  readonly #built: TrainingPrograms;
  readonly #session: Session;
  readonly #feeds: StepFeeds;
  readonly #evaluations: StageEvaluations;
  #epoch: number;
  #phase: TrainingPosition['phase'];
  /** A hook has ended the stage with this epoch. */
  #stopped: boolean;
  #pipeline: StepPipeline;
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
    const position: TrainingPosition = resume?.position ?? startPosition;
    const { epoch, step, phase, stopped = false, means, seconds } = position;
    this.#options = options;
    this.#built = built;
    this.#session = session;
    this.#evaluations = new StageEvaluations(options, session, new Set(variables.keys()));
    this.#feeds = new StepFeeds({ network, stage, built, stepsPerEpoch, random });
    this.#epoch = epoch;
    this.#phase = phase;
    this.#stopped = stopped;
    this.#pipeline = new StepPipeline(built.metrics, step, means);
    this.#anchor = { step, variables };
    this.#started = clock.monotonic() - 1000 * seconds;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#evaluations[Symbol.asyncDispose]();
  }

  /** Trains to the end or to the signal. */
  async *run(): Events<TrainOutcome> {
    try {
      if (this.#startCompetes() && !(await this.#evaluations.evaluate(0)))
        return yield* this.#interrupted();
      while (!this.#isDone()) {
        if (!(yield* this.#runEpoch())) return yield* this.#interrupted();
      }
      return yield* this.#result();
    } finally {
      await this.#pipeline.abandon();
    }
  }

  #isDone(): boolean {
    const atEnd = this.#stopped && this.#phase === 'before';
    return atEnd || this.#epoch === this.#options.stage.epochs;
  }

  /** One epoch, or what is left of it; false where the signal stopped it. */
  async *#runEpoch(): Events<boolean> {
    const { stage, clock } = this.#options;
    const skips = this.#phase === 'before' && (yield* this.#beginEpoch());
    if (this.#phase === 'steps') {
      if (!skips && !(yield* this.#steps())) return false;
      if (stage.afterEpoch)
        this.#stopped = (yield* this.#hook('after', stage.afterEpoch)) === 'stop';
      this.#phase = 'evaluate';
    }
    const due = this.#evaluations.isDue(this.#epoch + 1);
    const evaluation = due ? await this.#evaluations.evaluate(this.#epoch + 1) : undefined;
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

  /** Whether the first hook of the epoch wants no steps. */
  async *#beginEpoch(): Events<boolean> {
    const { stage, clock } = this.#options;
    this.#started = clock.monotonic();
    this.#phase = 'steps';
    if (!stage.beforeEpoch) return false;
    const told = yield* this.#hook('before', stage.beforeEpoch);
    this.#anchor = { step: 0, variables: await this.#session.read() };
    return told === 'skip';
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

  #hook<Result>(
    when: 'before' | 'after',
    hook: (context: StageHookContext) => Promise<Result>,
  ): Events<Result> {
    const { network, random } = this.#options;
    const session = this.#session;
    const epoch = this.#epoch + 1;
    return runHook(hook, {
      epoch,
      network,
      random: random.fork(`${when} epoch ${epoch}`),
      read: (names) => session.read(names),
      write: (values) => session.write(values),
      resetOptimizer: () => session.write(this.#built.optimizer.state),
    });
  }

  #startCompetes(): boolean {
    const { stage } = this.#options;
    const atStart = this.#epoch === 0 && this.#phase === 'before' && !this.#evaluations.best;
    return stage.keep === 'best' && stage.startCompetes === true && atStart;
  }

  async *#result(): Events<TrainOutcome> {
    const { stage } = this.#options;
    const { best } = this.#evaluations;
    if (stage.keep !== 'best' || !best) {
      return this.#outcome(await this.#evaluations.readWeights(), this.#last);
    }
    const { epoch, evaluation, weights } = best;
    const origin = epoch === 0 ? 'from before its first epoch' : `of epoch ${epoch}`;
    const accuracy = `${(100 * evaluation.accuracy).toFixed(2)} % on the ${evaluation.split} split`;
    yield {
      type: 'notice',
      message: `stage "${stage.name}" ends with the weights ${origin}: ${accuracy}`,
    };
    return this.#outcome(weights, evaluation);
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
    const weights = await this.#evaluations.readWeights();
    return this.#outcome(weights, undefined, true);
  }

  #outcome(
    weights: Tensors,
    evaluation: Evaluation | undefined,
    interrupted = false,
  ): TrainOutcome {
    const names = [...this.#anchor.variables.keys()];
    const ended = new Set(names.filter((name) => !weights.has(name)));
    return { weights, ended, evaluation, interrupted };
  }

  #checkpointIsDue(): boolean {
    const { settings } = this.#options;
    const every = settings?.checkpointEvery?.epochs ?? 1;
    return this.#isDone() || (every > 0 && this.#epoch % every === 0);
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
      ...(this.#stopped && { stopped: true }),
      means,
      seconds: this.#seconds(),
    };
    yield {
      type: 'checkpoint',
      path: await save({ position, variables, best: this.#evaluations.best }),
    };
  }

  #seconds(): number {
    return (this.#options.clock.monotonic() - this.#started) / 1000;
  }
}
