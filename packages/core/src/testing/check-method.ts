import { expect } from '@jest/globals';
import { blobDataset } from './blob-dataset.ts';
import { checkOperatingPoints } from './check-operating-points.ts';
import { expectFinite } from './expect-finite.ts';
import { blobNetwork, trainBriefly } from './train-briefly.ts';
import type { Network } from '@pare/graph';
import type { CompressedState, Method } from '../contracts/method.ts';
import type { ReportTable } from '../contracts/report.ts';

/**
 * The laws of a method, with jest's `expect`: it trains a small network to finite weights, the same for the same seed, and
 * its result runs at every operating point and along every dial. `create` makes a fresh method each time.
 */
export async function checkMethod(
  create: () => Promise<Method>,
  network: () => Network = blobNetwork,
): Promise<void> {
  const method = await create();
  expect(method.paper).toMatch(/\S/);
  expectTables(method.planTables?.({ network: network(), dataset: blobDataset().info }) ?? []);
  const result = await trainBriefly(method, 1, network());
  expectFinite(result.weights);
  const again = await trainBriefly(await create(), 1, network());
  expect([...again.weights]).toEqual([...result.weights]);
  expectReport(method, result);
  await checkOperatingPoints(method, result);
}

function expectReport(method: Method, state: CompressedState): void {
  const report = method.report(state);
  for (const value of Object.values(report.values)) expect(value).not.toBeNaN();
  expectTables(report.tables);
}

function expectTables(tables: readonly ReportTable[]): void {
  for (const { columns, rows } of tables) {
    for (const row of rows) expect(Object.keys(row)).toEqual(columns.map(({ key }) => key));
  }
}
