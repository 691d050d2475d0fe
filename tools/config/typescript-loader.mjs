import { readFile } from 'node:fs/promises';

import { transform } from '@swc/core';

// Module hooks that let a thread or a process of a test run the workspace's TypeScript, on every version of Node.js.

/** Packages of the workspace are found as sources. */
export function resolve(specifier, context, next) {
  return next(specifier, { ...context, conditions: [...context.conditions, '@pare/source'] });
}

/** Strips the types of .ts files. */
export async function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context);
  const { code } = await transform(await readFile(new URL(url), 'utf8'), {
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
    module: { type: 'es6' },
  });
  return { format: 'module', source: code, shortCircuit: true };
}
