// tsyringe asks for the Reflect polyfill when it is imported, so this line comes first.
import 'reflect-metadata';
import { container, instancePerContainerCachingFactory } from 'tsyringe';
import { PareError } from '../errors/pare-error.ts';
import { didYouMean } from '../text/near-misses.ts';
import type { DependencyContainer } from 'tsyringe';
import type { Token } from './token.ts';

/** Makes a service; gets others through `get`. */
export type ServiceFactory<T> = (get: <S>(token: Token<S>) => S) => T;

const scopeKey = Symbol('@pare/scope');

/**
 * Services with one instance a scope, and a stack of what has to be disposed of. The only code that knows tsyringe: its
 * own disposal skips factories and its resolveAll ignores parents, so both are done here.
 */
export class ServiceScope {
  readonly #container: DependencyContainer;
  readonly #known: Map<symbol, string>;
  readonly #made: unknown[] = [];
  readonly #open: string[] = [];

  constructor(parent?: ServiceScope) {
    this.#container = (parent ? parent.#container : container).createChildContainer();
    this.#known = new Map(parent ? parent.#known : []);
    this.#container.register(scopeKey, { useValue: this });
  }

  /** Sets how a service is made, once for each scope that asks. Binding again replaces. */
  bind<T>(token: Token<T>, factory: ServiceFactory<T>): void {
    this.#known.set(token.key, token.id);
    const make = (from: DependencyContainer): T => {
      const scope = from.resolve<ServiceScope>(scopeKey);
      return scope.own(factory((other) => scope.get(other)));
    };
    this.#container.register(token.key, { useFactory: instancePerContainerCachingFactory(make) });
  }

  /** The service of this scope. Throws `SERVICE_UNBOUND` or `SERVICE_CYCLE`. */
  get<T>(token: Token<T>): T {
    if (!this.#container.isRegistered(token.key, true)) {
      const ids = [...this.#known.values()];
      throw new PareError(
        'SERVICE_UNBOUND',
        `The service "${token.id}" is not bound.${didYouMean(token.id, ids)} Bound: ${ids.join(', ')}. Call bind(token, factory) on the registry or the run first.`,
      );
    }
    if (this.#open.includes(token.id)) {
      throw new PareError(
        'SERVICE_CYCLE',
        `Services need each other in a circle: ${[...this.#open, token.id].join(' -> ')}.`,
      );
    }
    this.#open.push(token.id);
    try {
      return this.#container.resolve<T>(token.key);
    } finally {
      this.#open.pop();
    }
  }

  /** Remembers something that this scope disposes of; gives it back. */
  own<T>(value: T): T {
    this.#made.push(value);
    return value;
  }

  /** Disposes of what was made, last first, waiting for each; all are tried even where one fails. */
  async dispose(): Promise<void> {
    const failures: unknown[] = [];
    for (const value of this.#made.splice(0).reverse()) {
      try {
        await disposeOf(value);
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length === 1) throw failures[0];
    if (failures.length > 1)
      throw new AggregateError(failures, 'Several parts could not be closed.');
  }
}

interface MaybeDisposable {
  dispose?: () => void | Promise<void>;
  [Symbol.asyncDispose]?: () => Promise<void>;
  [Symbol.dispose]?: () => void;
}

async function disposeOf(value: unknown): Promise<void> {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return;
  const it = value as MaybeDisposable;
  if (it[Symbol.asyncDispose]) await it[Symbol.asyncDispose]!();
  else if (it[Symbol.dispose]) it[Symbol.dispose]!();
  else await it.dispose?.();
}
