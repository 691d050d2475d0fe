import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Markdown files of the project, relative to its root. */
export function documents(root) {
  const inside = (folder) => readdirSync(join(root, folder)).map((name) => join(folder, name));
  const pages = inside('docs').filter((file) => file.endsWith('.md'));
  return ['README.md', ...pages, ...inside('packages').map((folder) => join(folder, 'README.md'))];
}

/** Fences marked `ts run` in a text, with the line on which each one starts. */
export function examplesIn(text) {
  return [...text.matchAll(/^```ts run\n([\s\S]*?)^```$/gm)].map(({ 1: code, index }) => ({
    code,
    line: text.slice(0, index).split('\n').length,
  }));
}

/** Every runnable example of the project. */
export function findExamples(root) {
  return documents(root).flatMap((file) =>
    examplesIn(readFileSync(join(root, file), 'utf8')).map((example) => ({ file, ...example })),
  );
}
