import type { z } from 'zod';
import type { DataFiles } from '../contracts/data-files.ts';
import type { Kind, PartTypes } from './kinds.ts';
import type { Token } from './token.ts';

/** Mark of a plugin object; checked instead of a class, so that copies of this package agree. */
export const pluginBrand = '@pare/plugin@1';

/** How one part is made. Use `provide` to write one: it infers the types of options and services. */
export interface Provision<T = unknown> {
  /** One line for lists. */
  readonly description?: string;
  /** A strict object schema; the only place of defaults. It has no key `name`. */
  readonly options: z.ZodType;
  readonly needs: Readonly<Record<string, Token<unknown>>>;
  readonly create: (context: { options: unknown; deps: unknown }) => T | Promise<T>;
  /** Of data sets that are read from files: what the files are, and how they are got. */
  readonly data?: DataFiles;
}

/** What a plugin author writes of one part. */
export interface ProvisionParts<T, S extends z.ZodType, N extends Needs> {
  readonly description?: string;
  readonly options: S;
  /** Services that `create` gets in `deps`, by the names given here. */
  readonly needs?: N;
  /** Makes the part from checked options; may be async. What has a `dispose` is disposed of with the run. */
  readonly create: (context: { options: z.output<S>; deps: Resolved<N> }) => T | Promise<T>;
  /** Of data sets that are read from files: what the files are, and how they are got. */
  readonly data?: DataFiles;
}

/** Tokens by the names under which a part wants the services. */
export type Needs = Readonly<Record<string, Token<unknown>>>;

/** Services by name for tokens by name. */
export type Resolved<N extends Needs> = {
  readonly [Name in keyof N]: N[Name] extends Token<infer T> ? T : never;
};

/** Describes how a part is made. */
export function provide<T, S extends z.ZodType, const N extends Needs = Record<never, never>>(
  parts: ProvisionParts<T, S, N>,
): Provision<T> {
  const { needs = {} as N, create, ...rest } = parts;
  // The registry passes what this schema gave and what these tokens resolve to.
  return { ...rest, needs, create: create as Provision<T>['create'] };
}

/** A plugin without its mark: plain data. */
export interface PluginParts {
  /** Package name. */
  readonly name: string;
  /** Range of versions of `@pare/core` that it works with; the same as the peer range in package.json. */
  readonly core: string;
  readonly provides: { readonly [K in Kind]?: Readonly<Record<string, Provision<PartTypes[K]>>> };
}

/** What a plugin package exports by default. */
export interface Plugin extends PluginParts {
  readonly $type: typeof pluginBrand;
}

/** Marks plain data as a plugin. Nothing is registered or checked here. */
export function definePlugin(parts: PluginParts): Plugin {
  return { $type: pluginBrand, ...parts };
}
