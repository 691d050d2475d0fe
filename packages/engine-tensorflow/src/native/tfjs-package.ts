import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Version of tfjs-node whose binding Pare is written for. */
export const tfjsNodeVersion = '4.22.0';

const packageNames = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'] as const;

/** An installed tfjs-node package, with or without its compiled binding. */
export interface TfjsPackage {
  readonly name: string;
  readonly directory: string;
}

/** The tfjs-node packages seen from the user's project and from this package, GPU ones first. */
export function findTfjsPackages(projectDirectory: string): TfjsPackage[] {
  const resolvers = [
    createRequire(join(projectDirectory, 'package.json')),
    createRequire(import.meta.url),
  ];
  const found = new Map<string, TfjsPackage>();
  for (const resolver of resolvers) {
    for (const name of packageNames) {
      const directory = locate(resolver, name);
      if (directory !== undefined) found.set(directory, { name, directory });
    }
  }
  return [...found.values()];
}

/** Path that tfjs-node compiles or downloads its binding to, N-API version 8. */
export function compiledBindingOf(directory: string): string {
  return join(directory, 'lib', 'napi-v8', 'tfjs_binding.node');
}

/** Compiled bindings of installed tfjs-node packages, best first. */
export function findCompiledBindings(projectDirectory: string): string[] {
  return findTfjsPackages(projectDirectory)
    .map(({ directory }) => compiledBindingOf(directory))
    .filter((path) => existsSync(path));
}

function locate(resolver: NodeJS.Require, name: string): string | undefined {
  try {
    return dirname(resolver.resolve(`${name}/package.json`));
  } catch {
    return undefined;
  }
}
