import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { optionsSchema } from '../registry/part-schemas.ts';
import { Registry } from '../registry/registry.ts';
import { silentLogger } from '../services/logger.ts';
import { services } from '../registry/services.ts';
import { checkMethod } from './check-method.ts';
import { partChecks } from './check-part.ts';
import type { Network } from '@pare/graph';
import type { JsonSchema } from '../registry/part-schemas.ts';
import type { Plugin } from '../registry/define-plugin.ts';
import type { Kind } from '../registry/kinds.ts';
import type { RegisteredPart } from '../registry/registry.ts';

/** What the plugin suite may be told about a plugin. */
export interface DescribePluginOptions {
  /** The package.json of the plugin, parsed: its peer range of `@pare/core` must be the plugin's `core`. */
  readonly packageJson?: {
    readonly name?: string;
    readonly keywords?: readonly string[];
    readonly peerDependencies?: Readonly<Record<string, string>>;
  };
  /** Options by kind and name for parts that do not work without any: `{ method: { mine: { data: 'x' } } }`. */
  readonly options?: { readonly [K in Kind]?: Readonly<Record<string, Record<string, unknown>>> };
  /** Further options of methods that must hold the laws of methods, by name: `{ mine: [{ options: { bits: 4 } }] }`. */
  readonly methods?: Readonly<Record<string, readonly MethodCase[]>>;
  /** Plugins that this one needs. */
  readonly uses?: readonly Plugin[];
}

/** A method with options of its own, and the network that it is tried on. */
export interface MethodCase {
  readonly options: Record<string, unknown>;
  /** Default: `blobNetwork()`, which has no norms. Takes the images of `blobDataset`. */
  readonly network?: () => Network;
}

/** Milliseconds for the training of a small network: a second or two, and much more where the machine is busy. */
const busy = 120_000;

/** The suite that every plugin passes. Call it in a test file of the plugin's package: `describePlugin(plugin)`. */
export function describePlugin(plugin: Plugin, options: DescribePluginOptions = {}): void {
  const { packageJson, uses = [] } = options;
  const open = () => {
    const registry = new Registry().bind(services.logger, () => silentLogger);
    for (const other of uses) registry.use(other);
    return registry.use(plugin);
  };
  describe(`plugin ${plugin.name}`, () => {
    test('is accepted by a registry', () => {
      expect(open().plugins).toContain(plugin);
    });

    if (packageJson) describePackage(plugin, packageJson);

    const parts = open()
      .parts()
      .filter(({ owner }) => owner === plugin.name);
    for (const part of parts) {
      const given = options.options?.[part.kind]?.[part.name] ?? {};
      describe(`${part.kind} "${part.name}"`, () => describePart(part, given, open));
    }

    for (const [name, cases] of Object.entries(options.methods ?? {})) {
      describeCases(name, cases, open);
    }
  });
}

function describeCases(name: string, cases: readonly MethodCase[], open: () => Registry): void {
  const rows = cases.map((each) => [JSON.stringify(each.options), each] as const);
  test.each(rows)(
    `method "${name}" holds its laws with %s`,
    async (_title, each) => {
      await using run = open().openRun();
      await checkMethod(() => run.create('method', name, each.options), each.network);
    },
    busy,
  );
}

function describePackage(
  plugin: Plugin,
  packageJson: NonNullable<DescribePluginOptions['packageJson']>,
): void {
  test('works with the versions of core that its package.json names', () => {
    const range = packageJson.peerDependencies?.['@pare/core'];
    // In a workspace the range is written when the package is packed.
    if (range?.startsWith('workspace:')) expect(range).toBe('workspace:^');
    else expect(range).toBe(plugin.core);
  });

  test('has the name and the keyword that it is found by', () => {
    expect(packageJson.name).toBe(plugin.name);
    expect(packageJson.keywords).toContain('@pare-plugin');
  });
}

function describePart(
  part: RegisteredPart,
  given: Record<string, unknown>,
  open: () => Registry,
): void {
  const { kind, name, provision } = part;
  const schema = optionsSchema(part);
  const reference = { ...given, name };

  test('has a name in kebab-case', () => {
    expect(name).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
  });

  test('says what it is in one line', () => {
    expect(provision.description).toMatch(/^\S.*\S$/);
  });

  test('needs no options but those that its schema requires', () => {
    const missing = requiredKeys(schema).filter((key) => !(key in given));
    expect(provision.options.safeParse(given).success).toBe(missing.length === 0);
  });

  test('refuses unknown options', () => {
    const result = provision.options.safeParse({ ...given, 'not an option': 1 });
    expect(result.error?.issues.map(({ code }) => code)).toContain('unrecognized_keys');
  });

  test('has options that can be written to a file and read back', () => {
    const complete = open().complete(kind, reference);
    const copy = JSON.parse(JSON.stringify(complete)) as typeof complete;
    expect(open().complete(kind, copy)).toEqual(complete);
  });

  test('has a JSON Schema of its options', () => {
    expect(schema).toMatchObject({ type: 'object', additionalProperties: false });
    expect(
      z.toJSONSchema(provision.options, { io: 'output', unrepresentable: 'any' }),
    ).toBeDefined();
  });

  const { claim, check } = partChecks[kind] ?? {};
  if (!claim || !check) return;
  test(
    claim,
    async () => {
      await using run = open().openRun();
      await check(() => run.create(kind, reference) as never);
    },
    busy,
  );
}

const requiredKeys = (schema: JsonSchema) => (schema.required as string[] | undefined) ?? [];
