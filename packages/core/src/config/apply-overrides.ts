import { parseDocument } from 'yaml';
import { PareError } from '../errors/pare-error.ts';
import { formatPath, formatReceived } from '../options/issue-sentence.ts';
import { keysAt } from '../options/schema-keys.ts';
import { didYouMean } from '../text/near-misses.ts';
import { plainData } from './plain-data.ts';
import { runConfigSchema } from './run-config.ts';
import type { RawConfig } from './read-config.ts';

type Tree = Record<string | number, unknown>;

/**
 * A copy of a configuration with `a.b.c=value` set; values are read as YAML (`1e-3`, `true`, `[1, 2]`). A part written
 * as a name becomes a mapping when one of its options is set; `a.0.b` goes into lists. Keys of parts are checked when
 * the configuration is resolved. Throws `CONFIG_SET`.
 */
export function applyOverrides(raw: RawConfig, settings: readonly string[]): RawConfig {
  const config = structuredClone(raw);
  for (const setting of settings) apply(config, setting);
  return config;
}

function apply(config: RawConfig, setting: string): void {
  const equals = setting.indexOf('=');
  const keys = setting.slice(0, equals).split('.');
  if (equals < 1 || keys.includes('')) {
    throw fail(setting, 'expected <path>=<value>, for example trainer.evaluateEvery=2');
  }
  checkKnown(setting, keys);
  const value = parseValue(setting, setting.slice(equals + 1));
  let tree = config;
  keys.slice(0, -1).forEach((key, depth) => {
    tree = into(setting, tree, key, keys.slice(0, depth + 1));
  });
  const last = keys.at(-1)!;
  if (Array.isArray(tree)) checkIndex(setting, tree, last, keys);
  tree[last] = value;
}

/** Keys that belong to the configuration itself, not to a part. */
function checkKnown(setting: string, keys: readonly string[]): void {
  const place: string[] = [];
  for (const key of keys) {
    const known = keysAt(runConfigSchema, place);
    if (known.length === 0 || known.join() === 'name') return;
    if (!known.includes(key)) {
      const path = formatPath([...place, key]);
      throw fail(
        setting,
        `"${path}" is not known.${didYouMean(key, known)} Known: ${known.join(', ')}`,
      );
    }
    place.push(key);
  }
}

function parseValue(setting: string, text: string): unknown {
  const document = parseDocument(text, { prettyErrors: false });
  if (document.errors.length > 0)
    throw fail(
      setting,
      `the value is not YAML: ${document.errors[0]!.message}. A text with special characters needs quotes: '${quotedForm(setting)}'`,
    );
  return plainData(document, (problem) => fail(setting, problem));
}

const quotedForm = (setting: string) => {
  const [path, ...value] = setting.split('=');
  return `${path}=${JSON.stringify(value.join('='))}`;
};

/** The mapping or list under a key, made where there is none. */
function into(setting: string, tree: Tree, key: string, path: readonly string[]): Tree {
  if (Array.isArray(tree)) checkIndex(setting, tree, key, path);
  const child = Object.hasOwn(tree, key) ? tree[key] : undefined;
  if (child === undefined || child === null) return (tree[key] = {});
  if (typeof child === 'string') return (tree[key] = { name: child });
  if (typeof child === 'object') return child as Tree;
  throw fail(setting, `"${formatPath(path)}" is ${formatReceived(child)}, which has no keys`);
}

function checkIndex(
  setting: string,
  list: readonly unknown[],
  key: string,
  path: readonly string[],
): void {
  if (/^\d+$/.test(key) && Number(key) < list.length) return;
  const range = list.length === 0 ? 'the list is empty' : `expected 0 to ${list.length - 1}`;
  throw fail(setting, `"${formatPath(path)}" is not in the list: ${range}`);
}

function fail(setting: string, problem: string): PareError {
  return new PareError('CONFIG_SET', `--set ${setting}: ${problem}.`);
}
