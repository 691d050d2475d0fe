import { PareError } from '../errors/pare-error.ts';
import { SeededRandom } from '../random/seeded-random.ts';
import { services } from './services.ts';
import type { ServiceFactory, ServiceScope } from './container.ts';
import type { Kind, PartTypes } from './kinds.ts';
import type { PartReference } from './part.ts';
import type { RegisteredPart, Registry } from './registry.ts';
import type { Token } from './token.ts';

/** What a run is opened with. */
export interface RunOptions {
  /** Seed of `services.random`, 32 bits; default 1. */
  readonly seed?: number;
  /** Folder that the run writes to, if it writes. */
  readonly folder?: string;
}

/** What parts see of the run (`services.run`): no end of it, as who opened the run closes it. */
export type RunContext = Pick<Run, 'seed' | 'folder' | 'create' | 'names'>;

/** One run: services of its own, the parts made for it, and their end. */
export class Run implements AsyncDisposable {
  readonly seed: number;
  readonly folder: string | undefined;
  readonly #registry: Registry;
  readonly #scope: ServiceScope;

  constructor(registry: Registry, scope: ServiceScope, { seed = 1, folder }: RunOptions) {
    this.#registry = registry;
    this.#scope = scope;
    this.seed = seed;
    this.folder = folder;
    this.bind(services.random, () => new SeededRandom(seed));
    this.bind(services.run, () => ({
      seed,
      folder,
      create: (kind, part, options) => this.create(kind, part, options),
      names: (kind) => this.names(kind),
    }));
  }

  /** Sets a service for this run only, for example the engine. */
  bind<T>(token: Token<T>, factory: ServiceFactory<T>): this {
    this.#scope.bind(token, factory);
    return this;
  }

  /** A service of this run. */
  get<T>(token: Token<T>): T {
    return this.#scope.get(token);
  }

  /** Names of the parts of a kind that can be made, in the order in which plugins came. */
  names(kind: Kind): string[] {
    return this.#registry.parts(kind).map(({ name }) => name);
  }

  /**
   * Makes a part: `create('method', 'hoyer', { strength: 2e-4 })`, or from a reference
   * `create('method', { name: 'hoyer', strength: 2e-4 })`. Always a promise, as engines and data sets take time. Throws
   * `UNKNOWN_NAME`, `OPTION_ERROR` and `SERVICE_UNBOUND`. The run disposes of the part.
   */
  async create<K extends Kind>(
    kind: K,
    part: string | PartReference,
    options: Readonly<Record<string, unknown>> = {},
  ): Promise<PartTypes[K]> {
    const reference =
      typeof part === 'string' ? { ...options, name: part } : { ...part, ...options };
    const registered = this.#registry.part(kind, reference.name);
    const { name: _name, ...completed } = this.#registry.complete(kind, reference);
    const deps = this.#resolve(registered);
    return this.#scope.own(await registered.provision.create({ options: completed, deps }));
  }

  /** Disposes of parts and services of the run, last made first. */
  dispose(): Promise<void> {
    return this.#scope.dispose();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  #resolve({ kind, name, owner, provision }: RegisteredPart<Kind>): Record<string, unknown> {
    try {
      const entries = Object.entries(provision.needs);
      return Object.fromEntries(entries.map(([key, token]) => [key, this.get(token)]));
    } catch (error) {
      if (!(error instanceof PareError)) throw error;
      const message = `${kind} "${name}" of ${owner} needs a service. ${error.message}`;
      throw new PareError(error.code, message, { cause: error });
    }
  }
}
