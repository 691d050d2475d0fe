import { PareError } from '../errors/pare-error.ts';
import { checkFit, resultSplit } from '../evaluation/check-data.ts';
import { evaluateSplit } from '../evaluation/evaluate-split.ts';
import { measureSize } from '../run/stage-result.ts';
import { checkTrained } from './check-trained.ts';
import { findPoint } from './find-point.ts';
import { measureLatency } from './measure-latency.ts';
import { RunningNetwork } from './running-network.ts';
import { defaultPoint, stateAt } from './state-at.ts';
import type { Dataset } from '../contracts/dataset.ts';
import type { Engine } from '../contracts/engine.ts';
import type { Evaluation } from '../contracts/events.ts';
import type { CompressedState, DialProgram, Method, OperatingPoint } from '../contracts/method.ts';
import type { Clock } from '../contracts/services.ts';
import type { HostTensor } from '../contracts/tensor.ts';
import type { EvaluateSplitOptions } from '../evaluation/evaluate-split.ts';
import type { NetworkSize } from '../run/stage-result.ts';
import type { Setting } from './find-point.ts';
import type { Latency, LatencyOptions } from './measure-latency.ts';

/** What a model is run with. */
export interface RunnableModelOptions extends CompressedState {
  readonly engine: Engine;
  readonly method: Method;
  readonly clock: Clock;
  /** Configuration that it was trained with, as artifacts have it: methods refuse results of other methods and options. */
  readonly recipe?: unknown;
}

/** What a switch to another setting has done. */
export interface Switched {
  readonly point: OperatingPoint;
  readonly milliseconds: number;
}

/**
 * A trained result that runs, and can be switched to any setting it was trained for: `model.at({ width: 0.37 })`. It holds
 * the weights that were trained and, where settings change weights, one set of effective ones, overwritten by a switch.
 * Switches and evaluations wait for each other, in the order of the calls.
 */
export class RunnableModel {
  readonly #options: RunnableModelOptions;
  readonly #dial: DialProgram | undefined;
  /** Undefined after `dispose`. */
  #running: RunningNetwork | undefined;
  #point: OperatingPoint;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(
    options: RunnableModelOptions,
    dial: DialProgram | undefined,
    running: RunningNetwork,
    point: OperatingPoint,
  ) {
    this.#options = options;
    this.#dial = dial;
    this.#running = running;
    this.#point = point;
  }

  /** Opens a result at its default operating point. Throws what `Method.checkRecipe` throws. */
  static async open(options: RunnableModelOptions): Promise<RunnableModel> {
    const { method, engine } = options;
    checkTrained(method, options.recipe, options.network);
    const point = defaultPoint(method, options);
    const dial = method.dial?.(options);
    const state = dial ? options : stateAt(method, options, point);
    const running = await RunningNetwork.start(engine, state, dial);
    return new RunnableModel(options, dial, running, point);
  }

  /** The setting that it runs at. */
  get point(): OperatingPoint {
    return this.#point;
  }

  /**
   * Switches to values of all dials, or to an operating point by its name. Throws UNKNOWN_SETTING, BAD_SETTING or
   * UNKNOWN_POINT, and stays as it was.
   */
  at(setting: Setting): Promise<Switched> {
    return this.#inOrder(async () => {
      const { method, clock } = this.#options;
      const point = findPoint(method, this.#options, setting);
      const started = clock.monotonic();
      // Where there is a dial, the setting is fed with the images.
      if (this.#dial) this.#current();
      else await this.#load(stateAt(method, this.#options, point));
      this.#point = point;
      return { point, milliseconds: clock.monotonic() - started };
    });
  }

  /** Logits [count, classes], row by row, of images [count, height, width, channels] as the data set normalises them. */
  async predict(images: Float32Array): Promise<Float32Array> {
    const running = this.#current();
    const shape = running.network.input.shape.slice(1) as number[];
    const size = shape.reduce((a, b) => a * b, 1);
    if (images.length === 0 || images.length % size !== 0) {
      throw new PareError(
        'BAD_IMAGES',
        `predict: needs a whole number of images [${shape.join(', ')}], ${size} numbers each; received ${images.length} numbers.`,
      );
    }
    const batch: HostTensor = {
      dtype: 'float32',
      shape: [images.length / size, ...shape],
      // The engine may take the array over.
      data: images.slice(),
    };
    return running.predict(batch, this.#dial?.feeds(this.#point.settings));
  }

  /** Loss and accuracy at the setting on a split (default that of results); undefined where the signal stopped it. */
  evaluate(
    dataset: Dataset,
    options: Partial<Pick<EvaluateSplitOptions, 'split' | 'batchSize' | 'signal'>> = {},
  ): Promise<Evaluation | undefined> {
    return this.#inOrder(async () => {
      const { network, session } = this.#current();
      checkFit(network, dataset.info);
      const split = options.split ?? resultSplit(dataset.info);
      const feeds = () => this.#dial?.feeds(this.#point.settings) ?? {};
      return evaluateSplit({ ...options, session, network, dataset, split, feeds });
    });
  }

  /** Parameters, non-zero ones and multiply-adds at the setting. */
  size(): NetworkSize {
    return measureSize(this.plain());
  }

  /** The plain network at the setting, for export. */
  plain(): CompressedState {
    return stateAt(this.#options.method, this.#options, this.#point);
  }

  /** Times single runs, after five that do not count. */
  async latency({ runs = 30, batchSize = 1 }: LatencyOptions = {}): Promise<Latency> {
    const shape = this.#current().network.input.shape.slice(1) as number[];
    const images = new Float32Array(shape.reduce((a, b) => a * b, batchSize));
    const run = () => this.predict(images);
    return measureLatency(this.#options.clock, run, { runs, batchSize });
  }

  /** Frees the session; whatever is asked of the model afterwards throws DISPOSED. */
  async [Symbol.asyncDispose](): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    await running?.session.dispose();
  }

  #current(): RunningNetwork {
    if (this.#running) return this.#running;
    throw disposed();
  }

  /** Writes the weights of a state; opens a session where the network is not the one that runs, and only then leaves the old one. */
  async #load(state: CompressedState): Promise<void> {
    const running = this.#current();
    if (state.network === running.network) return running.write(state.weights);
    const next = await RunningNetwork.start(this.#options.engine, state);
    if (!this.#running) {
      await next.session.dispose();
      throw disposed();
    }
    this.#running = next;
    await running.session.dispose();
  }

  #inOrder<T>(action: () => Promise<T>): Promise<T> {
    const result = this.#last.then(action);
    this.#last = result.catch(() => undefined);
    return result;
  }
}

const disposed = () => new PareError('DISPOSED', 'The model was disposed of; open it again.');
