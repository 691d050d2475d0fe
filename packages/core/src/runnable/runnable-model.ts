import { instantiate, nameOf, program } from '@pare/graph';
import { PareError } from '../errors/pare-error.ts';
import { measureSize } from '../run/stage-result.ts';
import { selectVariables } from '../evaluation/select-variables.ts';
import { checkSettings } from './check-settings.ts';
import type { Network, Program } from '@pare/graph';
import type { Engine, Session } from '../contracts/engine.ts';
import type { CompressedState, DialProgram, Method, OperatingPoint } from '../contracts/method.ts';
import type { Clock } from '../contracts/services.ts';
import type { HostTensor } from '../contracts/tensor.ts';
import type { NetworkSize } from '../run/stage-result.ts';

/** What a model is run with. */
export interface RunnableModelOptions extends CompressedState {
  readonly engine: Engine;
  readonly method: Method;
  readonly clock: Clock;
}

/** What a switch to another setting has done. */
export interface Switched {
  readonly point: OperatingPoint;
  readonly milliseconds: number;
}

/** Times of single runs in milliseconds. */
export interface Latency {
  readonly median: number;
  readonly least: number;
  readonly greatest: number;
  readonly runs: number;
  readonly batchSize: number;
}

/**
 * A trained result that runs, and can be switched to any setting it was trained for: `model.at({ width: 0.37 })`. It holds
 * the weights that were trained and, where settings change weights, one set of effective ones, overwritten by a switch.
 */
export class RunnableModel {
  readonly #options: RunnableModelOptions;
  readonly #dial: DialProgram | undefined;
  #open:
    { readonly network: Network; readonly program: Program; readonly session: Session } | undefined;
  #point: OperatingPoint;

  private constructor(options: RunnableModelOptions, point: OperatingPoint) {
    this.#options = options;
    this.#dial = options.method.dial?.(options);
    this.#point = point;
  }

  /** Opens a result at its default operating point. */
  static async open(options: RunnableModelOptions): Promise<RunnableModel> {
    const [point = { name: 'default', settings: {} }] = options.method.operatingPoints(options);
    const model = new RunnableModel(options, point);
    await model.#switch(point);
    return model;
  }

  /** The setting that it runs at. */
  get point(): OperatingPoint {
    return this.#point;
  }

  /** Switches to a setting. Throws UNKNOWN_SETTING or BAD_SETTING, and stays as it was. */
  async at(settings: Readonly<Record<string, number>>): Promise<Switched> {
    const { method, clock } = this.#options;
    checkSettings(settings, method.dials?.(this.#options) ?? []);
    const started = clock.monotonic();
    const point = { name: nameSettings(settings), settings };
    await this.#switch(point);
    return { point, milliseconds: clock.monotonic() - started };
  }

  /** Logits [count, classes], row by row, of images [count, height, width, channels] as the data set normalises them. */
  async predict(images: Float32Array): Promise<Float32Array> {
    const { input } = this.#network();
    const shape = input.shape.slice(1) as number[];
    const size = shape.reduce((a, b) => a * b, 1);
    if (images.length === 0 || images.length % size !== 0) {
      throw new PareError(
        'BAD_IMAGES',
        `predict: needs a whole number of images [${shape.join(', ')}], ${size} numbers each; received ${images.length} numbers.`,
      );
    }
    const x: HostTensor = {
      dtype: 'float32',
      shape: [images.length / size, ...shape],
      // The engine may take the array over.
      data: images.slice(),
    };
    const { logits } = await this.#open!.session.run('predict', {
      [nameOf(input)]: x,
      ...this.#dial?.feeds(this.#point.settings),
    });
    return logits!.data as Float32Array;
  }

  /** Parameters, non-zero ones and multiply-adds at the setting. */
  size(): NetworkSize {
    return measureSize(this.#state());
  }

  /** The plain network at the setting, for export. */
  plain(): CompressedState {
    return this.#state();
  }

  /** Times `runs` runs (default 30) on `batchSize` images (default 1) after five that do not count. */
  async latency({ runs = 30, batchSize = 1 } = {}): Promise<Latency> {
    const { clock } = this.#options;
    const shape = this.#network().input.shape.slice(1) as number[];
    const images = new Float32Array(shape.reduce((a, b) => a * b, batchSize));
    const times: number[] = [];
    for (let run = -5; run < runs; run++) {
      const started = clock.monotonic();
      await this.predict(images);
      if (run >= 0) times.push(clock.monotonic() - started);
    }
    times.sort((a, b) => a - b);
    return {
      median: times[Math.floor(times.length / 2)]!,
      least: times[0]!,
      greatest: times.at(-1)!,
      runs,
      batchSize,
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    await open?.session.dispose();
  }

  #network(): Network {
    if (this.#open) return this.#open.network;
    throw new PareError('DISPOSED', 'The model was disposed of; open it again.');
  }

  #state(): CompressedState {
    const { method, network, weights } = this.#options;
    const state = { network, weights };
    return method.at ? method.at(state, this.#point) : state;
  }

  async #switch(point: OperatingPoint): Promise<void> {
    const before = this.#point;
    this.#point = point;
    try {
      if (!this.#dial) await this.#load(this.#state());
      else if (!this.#open) await this.#load(this.#options);
    } catch (error) {
      this.#point = before;
      throw error;
    }
  }

  /** Writes the weights of a state; opens a session where the network is not the one that is open. */
  async #load({ network, weights }: CompressedState): Promise<void> {
    if (this.#open?.network !== network) {
      await this[Symbol.asyncDispose]();
      const predict = this.#program(network);
      const session = await this.#options.engine.open({ predict });
      this.#open = { network, program: predict, session };
    }
    const { session, program: opened } = this.#open!;
    await session.write(selectVariables(opened.variables, weights, `model "${network.name}"`));
  }

  #program(network: Network): Program {
    const { output } = this.#dial?.instance ?? instantiate(network, { mode: 'eval' });
    return program({
      outputs: { logits: output },
      inputs: [network.input, ...(this.#dial?.inputs ?? [])],
    });
  }
}

/** How a setting is called: `width 0.5`. */
export const nameSettings = (settings: Readonly<Record<string, number>>): string =>
  Object.entries(settings)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ') || 'default';
