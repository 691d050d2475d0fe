import { PareError } from '../errors/pare-error.ts';
import { parseOptions } from '../options/parse-options.ts';
import { formatPath } from '../options/issue-sentence.ts';
import { corePlugin } from '../core-plugin.ts';
import { systemClock } from '../services/clock.ts';
import { lineLogger } from '../services/logger.ts';
import { checkPlugin, checkVersion } from './check-plugin.ts';
import { completeParts } from './complete-parts.ts';
import { ServiceScope } from './container.ts';
import { coreVersion } from './core-version.ts';
import { kindNames } from './kinds.ts';
import { Run } from './run.ts';
import { services } from './services.ts';
import { unknownPart } from './unknown-part.ts';
import type { ServiceFactory } from './container.ts';
import type { Plugin, Provision } from './define-plugin.ts';
import type { Kind, PartTypes } from './kinds.ts';
import type { PartReference } from './part.ts';
import type { RunOptions } from './run.ts';
import type { Token } from './token.ts';

/** A part that a plugin brought. */
export interface RegisteredPart<K extends Kind = Kind> {
  readonly kind: K;
  readonly name: string;
  /** Name of the plugin. */
  readonly owner: string;
  readonly provision: Provision<PartTypes[K]>;
}

/** Plugins and services. A new registry has the parts of this package, a logger and a clock. */
export class Registry {
  readonly #plugins = new Map<string, Plugin>();
  readonly #parts = new Map<Kind, Map<string, RegisteredPart>>();
  readonly #scope = new ServiceScope();
  readonly #version: string;

  /** `version` of core is for tests. */
  constructor({ version = coreVersion() }: { readonly version?: string } = {}) {
    this.#version = version;
    for (const kind of kindNames) this.#parts.set(kind, new Map());
    this.bind(services.logger, () => lineLogger()).bind(services.clock, () => systemClock);
    this.use(corePlugin);
  }

  /** Sets how a service is made, once a run; binding again replaces. Binding services of single runs: `run.bind`. */
  bind<T>(token: Token<T>, factory: ServiceFactory<T>): this {
    this.#scope.bind(token, factory);
    return this;
  }

  /**
   * Adds the parts of a plugin; the same plugin twice is fine. Throws `PLUGIN_BAD_EXPORT`, `PLUGIN_VERSION` and
   * `DUPLICATE_NAME`, and then adds nothing.
   */
  use(plugin: Plugin): this {
    const { name, provides } = checkPlugin(plugin, 'This object');
    const same = this.#plugins.get(name);
    if (same === plugin) return this;
    if (same) {
      throw new PareError(
        'DUPLICATE_NAME',
        `Two plugins are named "${name}". If two copies are installed, run: npm dedupe`,
      );
    }
    checkVersion(plugin, this.#version);
    const parts = entriesOf(name, provides);
    for (const part of parts) this.#checkFree(part);
    for (const part of parts) this.#parts.get(part.kind)!.set(part.name, part);
    this.#plugins.set(name, plugin);
    return this;
  }

  /** Plugins in use, this package first. */
  get plugins(): readonly Plugin[] {
    return [...this.#plugins.values()];
  }

  /** Whether a part is there. */
  has(kind: Kind, name: string): boolean {
    return this.#parts.get(kind)!.has(name);
  }

  /** Every part, or those of a kind, in the order in which plugins came. */
  parts<K extends Kind>(kind?: K): readonly RegisteredPart<K>[] {
    const wanted = kind ? [kind] : kindNames;
    return wanted.flatMap((each) => [...this.#parts.get(each)!.values()]) as never;
  }

  /** A part by name. Throws `UNKNOWN_NAME` with the nearest names; `path` says where a configuration names it. */
  part<K extends Kind>(
    kind: K,
    name: string,
    path: readonly PropertyKey[] = [],
  ): RegisteredPart<K> {
    const found = this.#parts.get(kind)?.get(name);
    if (!found) throw unknownPart(kind, name, this.parts(kind), formatPath(path));
    return found as unknown as RegisteredPart<K>;
  }

  /**
   * Checks the options of a part and fills in every default, also of parts inside. What comes back, completed again, is
   * the same. Throws `UNKNOWN_NAME` and `OPTION_ERROR`.
   */
  complete(kind: Kind, reference: PartReference, path: readonly PropertyKey[] = []): PartReference {
    const { name, ...given } = reference;
    const { options: schema } = this.part(kind, name, path).provision;
    const owner = `${kind} "${name}"`;
    const options = parseOptions(schema, given, { owner, prefix: path });
    const completed = completeParts(schema, options, path, (inner, part, at) =>
      this.complete(inner, part, at),
    );
    return { name, ...(completed as object) };
  }

  /** Opens a run: its own services and parts. Dispose of it, or write `await using run = registry.openRun(...)`. */
  openRun(options: RunOptions = {}): Run {
    return new Run(this, new ServiceScope(this.#scope), options);
  }

  #checkFree({ kind, name, owner }: RegisteredPart): void {
    const other = this.#parts.get(kind)!.get(name);
    if (!other) return;
    throw new PareError(
      'DUPLICATE_NAME',
      `The ${kind} "${name}" comes from two plugins: ${other.owner} and ${owner}. Use only one of them.`,
    );
  }
}

function entriesOf(owner: string, provides: Plugin['provides']): RegisteredPart[] {
  return Object.entries(provides).flatMap(([kind, parts]) =>
    Object.entries<unknown>(parts ?? {}).map(
      ([name, provision]) => ({ kind, name, owner, provision }) as RegisteredPart,
    ),
  );
}
