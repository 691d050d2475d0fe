import { networkToJson } from '@pare/graph';
import { resultSplit } from '../evaluation/check-data.ts';
import { evaluateNetwork } from '../evaluation/evaluate-network.ts';
import { SeededRandom } from '../random/seeded-random.ts';
import { defaultPoint, stateAt } from '../runnable/state-at.ts';
import { explainEvaluation } from '../training/explain-non-finite.ts';
import { trainStage } from '../training/train-stage.ts';
import { checkpointVersion, identify } from './checkpoint.ts';
import { finishRun } from './finish-run.ts';
import { measureSize } from './stage-result.ts';
import type { StartReference } from '../config/start-reference.ts';
import type { Evaluator } from '../evaluation/evaluator.ts';
import type { Dataset } from '../contracts/dataset.ts';
import type { Engine } from '../contracts/engine.ts';
import type { Evaluation, RunEvent } from '../contracts/events.ts';
import type {
  CompressedState,
  Method,
  Stage,
  TrainStage,
  TransformStage,
} from '../contracts/method.ts';
import type { Network } from '@pare/graph';
import type { Report } from '../contracts/report.ts';
import type { Clock } from '../contracts/services.ts';
import type { TrainingSettings } from '../training/train-stage.ts';
import type { TrainingSnapshot } from '../training/training-snapshot.ts';
import type { Checkpoint, NetworkIdentity } from './checkpoint.ts';
import type { RunRecorder } from './run-recorder.ts';
import type { StageResult } from './stage-result.ts';

type Events<Result> = AsyncGenerator<RunEvent, Result, void>;

interface StageEnd extends CompressedState {
  readonly report?: Report;
  readonly evaluation?: Evaluation;
}

/** What a run is made of. */
export interface ExperimentParts {
  readonly network: Network;
  readonly dataset: Dataset;
  readonly method: Method;
  readonly engine: Engine;
  /** Everything random in the run follows from it. */
  readonly seed: number;
  readonly settings?: TrainingSettings;
  /** Stops after the step in progress; a checkpoint is written first. */
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
  /** Resolved configuration, plain data, kept with the run and the model. */
  readonly config?: unknown;
  /** What is told first and stands in the report, for example which engine was taken and why. */
  readonly notices?: readonly string[];
  /** Where the first weights come from, for the report and `environment.json`; undefined: drawn from the seed. */
  readonly start?: StartReference;
  /** Versions of packages for the model, besides that of core. */
  readonly versions?: Readonly<Record<string, string>>;
}

/** What an experiment has besides its parts. */
export interface ExperimentState {
  readonly name: string;
  readonly clock: Clock;
  readonly stages: readonly Stage[];
  readonly recorder: RunRecorder;
  /** Where it begins: the checkpoint of a fresh run has stage 0. */
  readonly from: Checkpoint;
  readonly network: Network;
  readonly resumed: boolean;
  /** What a resumed run says first. */
  readonly notices?: readonly string[];
}

/** One run over the stages of a method, from a checkpoint on. */
export class Experiment {
  readonly #parts: ExperimentParts;
  readonly #run: ExperimentState;
  readonly #results: StageResult[];
  readonly #started: number;
  readonly #identity: NetworkIdentity;
  #state: CompressedState;
  #stageStarted = 0;

  constructor(parts: ExperimentParts, run: ExperimentState) {
    const { facts, weights } = run.from;
    this.#parts = parts;
    this.#run = run;
    this.#results = [...facts.results];
    this.#identity = identify(parts.network);
    this.#started = run.clock.monotonic() - 1000 * facts.seconds;
    this.#state = { network: run.network, weights };
  }

  /** Runs what is left; ends with the event `result` or `interrupted`. */
  async *events(): Events<void> {
    const { name, stages, from, resumed } = this.#run;
    const notices = [...(this.#parts.notices ?? []), ...(this.#run.notices ?? [])];
    yield { type: 'run-start', name, stages: stages.map((stage) => stage.name), resumed };
    for (const message of notices) yield { type: 'notice', message };
    if (!resumed) yield* this.#save(0);
    if (!(yield* this.#measureStart())) return;
    for (let index = from.facts.stage; index < stages.length; index++) {
      if (yield* this.#stage(stages[index]!, index)) continue;
      yield { type: 'interrupted', message: this.#run.recorder.resumeHint };
      return;
    }
    yield await this.#finish();
  }

  /** Evaluates weights that were given, for the comparison of before and after; false where the signal stopped it. */
  async *#measureStart(): Events<boolean> {
    const { stage, training } = this.#run.from.facts;
    const isBeginning = stage === 0 && !training && this.#results.length === 0;
    if (!this.#parts.start || !isBeginning) return true;
    const begun = this.#run.clock.monotonic();
    const evaluation = await this.#evaluate(this.#state, 'of the weights that the run starts with');
    if (!evaluation) {
      yield { type: 'interrupted', message: this.#run.recorder.resumeHint };
      return false;
    }
    const { accuracy, loss, split } = evaluation;
    const seconds = this.#secondsSince(begun);
    const size = measureSize(this.#state);
    this.#results.push({ stage: 'start', kind: 'start', evaluation, size, seconds });
    const message = `start weights: ${split} accuracy ${(100 * accuracy).toFixed(2)} %, loss ${loss.toPrecision(4)}`;
    yield { type: 'notice', message };
    return true;
  }

  /** False where the signal stopped it. */
  async *#stage(stage: Stage, index: number): Events<boolean> {
    const { clock, from } = this.#run;
    const before = index === from.facts.stage ? from.facts.stageSeconds : 0;
    this.#stageStarted = clock.monotonic() - 1000 * before;
    yield this.#stageStart(stage, index);
    const done =
      stage.kind === 'train'
        ? yield* this.#train(stage, index)
        : yield* this.#transform(stage, index);
    if (!done) return false;
    const measured = this.#measured(done);
    const evaluation =
      done.evaluation ?? (await this.#evaluate(measured, `after stage "${stage.name}"`));
    if (!evaluation) return false;
    this.#state = done;
    const seconds = this.#secondsSince(this.#stageStarted);
    const report = done.report && { report: done.report };
    const size = measureSize(measured);
    this.#results.push({
      stage: stage.name,
      kind: stage.kind,
      evaluation,
      size,
      seconds,
      ...report,
    });
    yield { type: 'stage-end', stage: stage.name, evaluation, seconds, ...report };
    yield* this.#save(index + 1);
    return true;
  }

  #stageStart(stage: Stage, index: number): RunEvent {
    const start = { type: 'stage-start', stage: stage.name, index, kind: stage.kind } as const;
    if (stage.kind !== 'train') return start;
    const stepsPerEpoch = Math.ceil((this.#parts.dataset.info.sizes.train ?? 0) / stage.batchSize);
    return { ...start, epochs: stage.epochs, stepsPerEpoch };
  }

  async *#train(stage: TrainStage, index: number): Events<StageEnd | undefined> {
    const { from, clock, recorder } = this.#run;
    const { training: position, best } = index === from.facts.stage ? from.facts : {};
    const resume: TrainingSnapshot | undefined = position && {
      position,
      variables: from.variables,
      best: best && { ...best, weights: from.best },
    };
    const outcome = yield* trainStage({
      ...this.#parts,
      ...this.#state,
      stage,
      clock,
      random: this.#random(stage, index),
      ...(this.#parts.method.at && { measured: (state: CompressedState) => this.#measured(state) }),
      ...(resume && { resume }),
      ...(recorder.keeps && {
        save: (snapshot: TrainingSnapshot) => this.#checkpoint(index, snapshot),
      }),
    });
    if (outcome.interrupted) return undefined;
    // What the method keeps next to the weights goes on behind them, in the same order after a resume.
    const { ended } = outcome;
    const rest = [...this.#state.weights].filter(
      ([name]) => !outcome.weights.has(name) && !ended.has(name),
    );
    const weights = new Map([...outcome.weights, ...rest]);
    const { evaluation } = outcome;
    // The split that epochs are compared on may be another one than that of results.
    const counts = evaluation?.split === resultSplit(this.#parts.dataset.info);
    return { network: this.#state.network, weights, ...(counts && { evaluation }) };
  }

  #random(stage: Stage, index: number): SeededRandom {
    return new SeededRandom(this.#parts.seed).fork(`stage ${index} ${stage.name}`);
  }

  /** What the method runs by default in a state: what evaluations and sizes are about. */
  #measured(state: CompressedState): CompressedState {
    const { method } = this.#parts;
    return stateAt(method, state, defaultPoint(method, state));
  }

  async *#transform(stage: TransformStage, index: number): Events<StageEnd> {
    const messages: string[] = [];
    const result = await stage.run({
      ...this.#state,
      log: (message) => messages.push(message),
      random: this.#random(stage, index),
    });
    for (const message of messages) yield { type: 'notice', message };
    const { network, weights, report } = result;
    return { network, weights, ...(report && { report }) };
  }

  async #evaluate(
    state: CompressedState,
    where: string,
    evaluator?: Evaluator,
  ): Promise<Evaluation | undefined> {
    const { engine, dataset, signal, settings } = this.#parts;
    const { network, weights } = state;
    const batchSize = settings?.evaluationBatchSize;
    const evaluation = evaluator
      ? await evaluator.evaluate(state, { signal, batchSize })
      : await evaluateNetwork({ engine, network, weights, dataset, signal, batchSize });
    if (evaluation && !Number.isFinite(evaluation.loss))
      throw explainEvaluation(where, evaluation, network, weights);
    return evaluation;
  }

  async *#save(stage: number): Events<void> {
    if (!this.#run.recorder.keeps) return;
    yield { type: 'checkpoint', path: await this.#checkpoint(stage) };
  }

  async #checkpoint(stage: number, snapshot?: TrainingSnapshot): Promise<string> {
    const { network, engine, seed, config } = this.#parts;
    const { variables = new Map(), position, best } = snapshot ?? {};
    const { name, version, threads } = engine.info;
    const changed = this.#state.network !== network;
    return this.#run.recorder.checkpoint({
      facts: {
        version: checkpointVersion,
        network: this.#identity,
        engine: { name, version, threads },
        seed,
        stages: this.#run.stages.map((each) => each.name),
        stage,
        ...(position && { training: position }),
        ...(best && { best: { epoch: best.epoch, evaluation: best.evaluation } }),
        results: this.#results,
        ...(config !== undefined && { recipe: config }),
        logBytes: await this.#run.recorder.sync(),
        seconds: this.#secondsSince(this.#started),
        stageSeconds: position ? this.#secondsSince(this.#stageStarted) : 0,
        ...(changed && { current: networkToJson(this.#state.network) }),
      },
      variables,
      best: best?.weights ?? new Map(),
      weights: new Map([...this.#state.weights].filter(([key]) => !variables.has(key))),
    });
  }

  async #finish(): Promise<RunEvent> {
    const { name, recorder } = this.#run;
    return finishRun({
      parts: this.#parts,
      name,
      state: this.#state,
      results: this.#results,
      recorder,
      seconds: () => this.#secondsSince(this.#started),
      evaluate: (state, evaluator) => this.#evaluate(state, 'at an operating point', evaluator),
    });
  }

  #secondsSince(start: number): number {
    return (this.#run.clock.monotonic() - start) / 1000;
  }
}
