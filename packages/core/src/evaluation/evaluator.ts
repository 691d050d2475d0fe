import { buildEvaluationProgram } from './build-evaluation-program.ts';
import { checkFit, resultSplit } from './check-data.ts';
import { evaluateSplit } from './evaluate-split.ts';
import { selectVariables } from './select-variables.ts';
import type { Network, Program } from '@pare/graph';
import type { Dataset } from '../contracts/dataset.ts';
import type { Engine, Session } from '../contracts/engine.ts';
import type { Evaluation } from '../contracts/events.ts';
import type { CompressedState } from '../contracts/method.ts';
import type { EvaluateSplitOptions } from './evaluate-split.ts';

interface OpenNetwork {
  readonly network: Network;
  readonly program: Program;
  readonly session: Session;
}

/** Evaluates states one after the other. As long as the network stays the same object, only weights are written. */
export class Evaluator {
  readonly #engine: Engine;
  readonly #dataset: Dataset;
  #open: OpenNetwork | undefined;

  constructor({ engine, dataset }: { engine: Engine; dataset: Dataset }) {
    this.#engine = engine;
    this.#dataset = dataset;
  }

  /** Loss and accuracy on a split (default that of results); undefined where the signal stopped it. */
  async evaluate(
    { network, weights }: CompressedState,
    options: Partial<Pick<EvaluateSplitOptions, 'split' | 'batchSize' | 'signal'>> = {},
  ): Promise<Evaluation | undefined> {
    const dataset = this.#dataset;
    checkFit(network, dataset.info);
    const { session, program } = await this.#session(network);
    const where = `evaluation of "${network.name}"`;
    await session.write(selectVariables(program.variables, weights, where));
    const split = options.split ?? resultSplit(dataset.info);
    return evaluateSplit({ ...options, session, network, dataset, split });
  }

  async #session(network: Network): Promise<OpenNetwork> {
    if (this.#open?.network === network) return this.#open;
    await this[Symbol.asyncDispose]();
    const program = buildEvaluationProgram(network);
    const session = await this.#engine.open({ evaluate: program });
    return (this.#open = { network, program, session });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    await open?.session.dispose();
  }
}
