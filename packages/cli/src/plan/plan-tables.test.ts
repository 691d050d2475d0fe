import { expect, test } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { planCommand } from '../commands/plan.ts';
import { temporaryFolder, tinyConfig } from '../testing/run-pare.ts';

const plugin = fileURLToPath(new URL('../testing/tabled-plugin.ts', import.meta.url));

test('pare plan shows the tables of the method, as text and as data', async () => {
  const config = tinyConfig.replace(/method:[^]*/, "plugins: ['./plugin.mjs']\nmethod: tabled\n");
  await using folder = await temporaryFolder({
    'tabled.yaml': config,
    'plugin.mjs': `export { tabledPlugin as default } from '${plugin}';`,
  });
  const printed: string[] = [];
  const sink = { write: () => undefined, isTerminal: false, columns: 80 };
  const { fields } = await planCommand(
    {
      host: {
        stdout: sink,
        stderr: sink,
        cwd: folder.path,
        env: {},
        heedInterruption: () => new AbortController().signal,
      },
      output: {
        json: false,
        animated: false,
        print: (text) => void printed.push(text),
        remark: () => undefined,
        emit: () => undefined,
      },
    },
    'tabled.yaml',
    {},
  );
  expect(fields.tables).toMatchObject([
    { title: 'What is covered', rows: [{ layer: 'lenet-300-100 on synthetic', share: 12.5 }] },
  ]);
  expect(printed.join('\n')).toMatch(
    /What is covered\nlayer +share \(%\)\n.*\nlenet-300-100 on synthetic +12\.5/,
  );
});
