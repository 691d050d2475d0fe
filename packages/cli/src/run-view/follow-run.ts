import { PareError, systemClock } from '@pare/core';
import { formatBytes, formatPercent, formatSeconds } from '../text/quantity.ts';
import { formatReport } from '../text/report-tables.ts';
import { createProgress } from './progress.ts';
import { RunView } from './run-view.ts';
import type { EngineInfo, RunEvent } from '@pare/core';
import type { CommandContext } from '../command.ts';
import type { CommandResult } from '../output/output.ts';

type Result = Extract<RunEvent, { type: 'result' }>;

/** Tells the events of a run as they come, then its result. Throws INTERRUPTED where the run was stopped. */
export async function followRun(
  { host, output }: CommandContext,
  engine: EngineInfo,
  events: AsyncIterable<RunEvent>,
): Promise<CommandResult> {
  const view = new RunView(
    output,
    host,
    await createProgress(output, host),
    () => systemClock.monotonic() / 1000,
  );
  let last: RunEvent | undefined;
  try {
    for await (const event of events) {
      last = event;
      if (event.type !== 'interrupted') view.on(event);
    }
  } finally {
    view.end();
  }
  if (last?.type !== 'result') {
    const message = last?.type === 'interrupted' ? last.message : 'The run was stopped.';
    throw new PareError('INTERRUPTED', message);
  }
  const { type: _type, ...result } = last;
  output.print(resultText(last));
  return { fields: { ...result, engine } };
}

/** Tables of before and after, stages and the method; then the outcome in one line. */
function resultText({ evaluation, report, folder, seconds }: Result): string {
  const { values, tables } = report;
  const parts = [formatReport({ values: {}, tables })];
  if (typeof values.note === 'string') parts.push(values.note);
  const outcome = [`${evaluation.split} accuracy ${formatPercent(evaluation.accuracy)}`];
  const { nonzero, parametersBefore, bytes, bytesBefore } = values as Record<string, number>;
  if (nonzero! < parametersBefore!) {
    outcome.push(`${formatPercent(nonzero! / parametersBefore!)} of the parameters are not 0`);
  }
  if (bytes! < bytesBefore!) {
    outcome.push(`${formatBytes(bytes!)} stored instead of ${formatBytes(bytesBefore!)}`);
  }
  parts.push(`${outcome.join(', ')} in ${formatSeconds(seconds)}. All of it is in ${folder}`);
  return parts.join('\n\n');
}
