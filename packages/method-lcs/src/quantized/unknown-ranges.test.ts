import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createTensorFlowEngine } from '@pare/engine-tensorflow';
import { instantiate, topologicalOrder } from '@pare/graph';
import { quantizedSmallNetwork } from '../testing/quantized-small-network.ts';
import { runOutput } from '../testing/run-output.ts';
import { smallNetwork } from '../testing/small-network.ts';
import type { Engine } from '@pare/core';

let engine: Engine;
beforeAll(async () => {
  engine = await createTensorFlowEngine();
}, 60_000);
afterAll(() => engine.dispose());

/** The network at 6 bits before any training. */
function untrained(preset: 'default' | 'reference') {
  const { method, state } = quantizedSmallNetwork('group', { preset, bits: [4, 6] });
  return method.at!(state, { name: '', settings: { bits: 6 } });
}

test('as long as a range is not known, the input is not quantized', () => {
  const { network } = untrained('default');
  const names = (all: typeof network.parameters) => all.map(({ name }) => name);
  expect(names(network.parameters)).toEqual(names(smallNetwork().parameters));
  const rounds = topologicalOrder([network.output]).filter(({ op }) => op.name === 'round');
  expect(rounds).toEqual([]);
});

test('with the preset of the authors it becomes 0', async () => {
  const there = untrained('reference');
  const { output } = instantiate(there.network, { mode: 'eval' });
  const convolutions = topologicalOrder([output]).filter(({ op }) => op.name === 'conv2d');
  expect(convolutions).toHaveLength(3);
  const [, ...quantized] = convolutions;
  for (const { inputs } of quantized) {
    const values = await runOutput(engine, there, inputs[0]);
    expect(new Set(values.map(Math.abs))).toEqual(new Set([0]));
  }
}, 60_000);
