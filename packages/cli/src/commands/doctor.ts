import { diagnose } from '@pare/engine-tensorflow';
import { exitCodes } from '../exit-codes.ts';
import { checkTfjs } from '../engine/check-tfjs.ts';
import { cliVersion } from '../version.ts';
import type { Check } from '@pare/engine-tensorflow';
import type { Command } from '../command.ts';

/** `pare doctor`: checks of this machine, with advice; exit code 3 where one of them fails. */
export const doctorCommand: Command<[]> = async ({ host, output }) => {
  const checks: Check[] = [
    { name: 'pare', ok: true, detail: cliVersion() },
    ...(await diagnose({ projectDirectory: host.cwd, env: host.env })),
    await checkTfjs(),
  ];
  const width = Math.max(...checks.map(({ name }) => name.length));
  for (const { name, ok, detail, advice } of checks) {
    const text = `${ok ? 'ok  ' : 'FAIL'}  ${name.padEnd(width)}  ${detail}`;
    output.print(advice ? `${text}\n      ${' '.repeat(width)}  -> ${advice}` : text);
  }
  const healthy = checks.every(({ ok }) => ok);
  return {
    fields: { healthy, checks },
    exitCode: healthy ? exitCodes.ok : exitCodes.missing,
  };
};
