import type { Kind } from './kinds.ts';

/** First-party packages by kind and name of what they bring; for messages and for loading by name alone. */
const packages: Readonly<Partial<Record<Kind, Readonly<Record<string, string>>>>> = {
  method: {
    hoyer: '@pare/method-hoyer',
    lcs: '@pare/method-lcs',
    bip: '@pare/method-bip',
    hinge: '@pare/method-hinge',
    lc: '@pare/method-lc',
  },
  model: {
    'lenet-300-100': '@pare/models',
    'lenet-5': '@pare/models',
  },
  dataset: {
    mnist: '@pare/datasets',
    'fashion-mnist': '@pare/datasets',
    synthetic: '@pare/datasets',
  },
  engine: {
    tensorflow: '@pare/engine-tensorflow',
    'tfjs-wasm': '@pare/engine-tfjs',
    'tfjs-cpu': '@pare/engine-tfjs',
    'tfjs-webgpu': '@pare/engine-tfjs',
  },
};

/** The first-party package that brings a part, or undefined. */
export function knownPackage(kind: Kind, name: string): string | undefined {
  return packages[kind]?.[name];
}

/** Names that first-party packages bring for a kind. */
export function knownNames(kind: Kind): string[] {
  return Object.keys(packages[kind] ?? {});
}

/** First-party packages. */
export function knownPackages(): string[] {
  const names = Object.values(packages).flatMap((byName) => Object.values(byName));
  return [...new Set(names)].sort();
}
