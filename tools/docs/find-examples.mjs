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

/** Fences with a file of an example, marked `file=<name>`: what is in each file, by name. */
export function filesIn(text) {
  const fences = text.matchAll(/^```\w+ file=(\S+)\n([\s\S]*?)^```$/gm);
  return new Map([...fences].map(([, name, content]) => [name, content]));
}

/** Pages with files of an example; together they are one folder. */
export function findFolders(root) {
  return documents(root)
    .map((file) => ({ file, files: filesIn(readFileSync(join(root, file), 'utf8')) }))
    .filter(({ files }) => files.size > 0);
}

/** Packages of Pare, and zod, that code on the pages imports. */
export function importedIn(text) {
  const code = [...text.matchAll(/^```(?:ts|js)\b.*\n([\s\S]*?)^```$/gm)].map(
    ([, inside]) => inside,
  );
  const names = code.join('').matchAll(/from '(@pare\/[^']+|zod)'/g);
  return [...new Set([...names].map(([, name]) => name))];
}

/** Every runnable example of the project. */
export function findExamples(root) {
  return documents(root).flatMap((file) =>
    examplesIn(readFileSync(join(root, file), 'utf8')).map((example) => ({ file, ...example })),
  );
}
