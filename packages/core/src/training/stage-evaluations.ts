import { selectionSplit } from '../evaluation/check-data.ts';
import { evaluateSplit } from '../evaluation/evaluate-split.ts';
import { Evaluator } from '../evaluation/evaluator.ts';
import { explainEvaluation } from './explain-non-finite.ts';
import type { Session } from '../contracts/engine.ts';
import type { Evaluation } from '../contracts/events.ts';
import type { Tensors } from '../contracts/tensor.ts';
import type { TrainStageOptions } from './train-stage.ts';
import type { BestEpoch } from './training-snapshot.ts';

/** Evaluations at the ends of a stage's epochs, and the best of them. */
export class StageEvaluations {
  readonly #options: TrainStageOptions;
  readonly #session: Session;
  readonly #variables: ReadonlySet<string>;
  /** Only where what is measured is not the network that is trained. */
  readonly #evaluator: Evaluator;
  #best: BestEpoch | undefined;

  /** `variables`: names of what the session keeps. */
  constructor(options: TrainStageOptions, session: Session, variables: ReadonlySet<string>) {
    this.#options = options;
    this.#session = session;
    this.#variables = variables;
    this.#evaluator = new Evaluator(options);
    this.#best = options.resume?.best;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#evaluator[Symbol.asyncDispose]();
  }

  get best(): BestEpoch | undefined {
    return this.#best;
  }

  /** Whether the end of an epoch (from 1) is evaluated. */
  isDue(epoch: number): boolean {
    const { stage, settings } = this.#options;
    const every = stage.keep === 'best' ? 1 : (settings?.evaluateEvery ?? 1);
    if (every === 0) return false;
    return stage.evaluates ? stage.evaluates(epoch) : epoch % every === 0;
  }

  /** Evaluates, and keeps the weights where they are strictly better than the best; undefined where the signal stopped it. */
  async evaluate(epoch: number): Promise<Evaluation | undefined> {
    const { stage } = this.#options;
    const evaluation = await this.#measure(`after epoch ${epoch} of stage "${stage.name}"`);
    const isBetter = evaluation && !(evaluation.correct <= (this.#best?.evaluation.correct ?? -1));
    if (stage.keep === 'best' && isBetter) {
      this.#best = { epoch, evaluation, weights: await this.readWeights() };
    }
    return evaluation;
  }

  /** The parameters and what is carried on, now. What lies beside the graph may be in no program: it is as it was. */
  async readWeights(): Promise<Tensors> {
    const { network, weights, stage } = this.#options;
    const names = [...network.parameters.map(({ name }) => name), ...(stage.carry ?? [])];
    const now = await this.#session.read(names.filter((name) => this.#variables.has(name)));
    return new Map(names.map((name) => [name, now.get(name) ?? weights.get(name)!]));
  }

  async #measure(where: string): Promise<Evaluation | undefined> {
    const { dataset, settings, network, signal, measured } = this.#options;
    const split = selectionSplit(dataset.info);
    const how = { split, signal, batchSize: settings?.evaluationBatchSize };
    const there = measured?.({ network, weights: await this.readWeights() });
    const evaluation = there
      ? await this.#evaluator.evaluate(there, how)
      : await evaluateSplit({ session: this.#session, network, dataset, ...how });
    if (!evaluation || Number.isFinite(evaluation.loss)) return evaluation;
    const seen = there ?? { network, weights: await this.readWeights() };
    throw explainEvaluation(where, evaluation, seen.network, seen.weights);
  }
}
