import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The root of the clone of Pare that this folder (`<root>/tools/create-plugin`) lies in; undefined where it was installed from npm. */
export async function findClone(folder = import.meta.dirname) {
  const root = dirname(dirname(folder));
  const core = join(root, 'packages', 'core', 'package.json');
  const manifest = await readFile(core, 'utf8').catch(() => '{}');
  return JSON.parse(manifest).name === '@pare/core' ? root : undefined;
}

/** npm links a folder that is named so. It wants "/" on Windows, too. */
function reference(clone, name) {
  const folder = join(clone, 'packages', name.replace('@pare/', ''));
  return `file:${folder.replaceAll('\\', '/')}`;
}

/** A package.json that takes Pare's packages from a clone while it is developed; the ranges for its users (peers) stay. */
export function withClonePackages(text, clone) {
  const manifest = JSON.parse(text);
  for (const name of Object.keys(manifest.devDependencies)) {
    if (name.startsWith('@pare/')) manifest.devDependencies[name] = reference(clone, name);
  }
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

const nextHeading = '## What is where';

/** A README that says where Pare's packages come from. */
export function withCloneNote(text, clone) {
  const note = `## Pare from a clone

Pare's packages are not on npm yet. \`package.json\` takes them from the clone that made this package:

\`\`\`text
${clone}
\`\`\`

\`npm run setup\` there builds them, once and after each change; \`npm install\` here links them. Where the clone moves, and on other
machines, change the \`file:\` paths in \`devDependencies\`. As long as this package is not on npm itself, configurations name its folder
by path, such as \`plugins: ['.']\` in \`example.yaml\`.

`;
  return text.replace(nextHeading, () => note + nextHeading);
}
