import { describe, expect, jest, test } from '@jest/globals';
import { z } from 'zod';
import { definePlugin, provide } from '../registry/define-plugin.ts';
import { checkMethod } from './check-method.ts';
import { describePlugin } from './describe-plugin.ts';
import { lineMethod } from './line-method.ts';
import { smallExperiment, smallNetwork, smallTraining } from './small-experiment.ts';
import { blobNetwork } from './train-briefly.ts';
import { widthMethod } from './width-method.ts';
import type { BlobNorm } from './train-briefly.ts';
import type { CompressedState, Method, OperatingPoint } from '../contracts/method.ts';

// Small trainings: slow where the machine is busy.
jest.setTimeout(120_000);

const check = (method: Method) => checkMethod(() => Promise.resolve(method), smallNetwork);

describe('the laws of operating points hold for', () => {
  test.each([
    ['weights along a line', lineMethod()],
    ['widths with one program', widthMethod()],
    ['widths with a network for each', widthMethod('dial')],
    ['points without a dial', widthMethod('dial', 'dials')],
  ])('%s', async (_name, method) => {
    await check(method);
  });
});

const width = widthMethod();
const line = lineMethod();
const withDial = (changes: object): Partial<Method> => ({
  dials: (state) => [{ ...width.dials!(state)[0]!, ...changes }],
});
const withPoints = (...points: OperatingPoint[]): Partial<Method> => ({
  operatingPoints: () => points,
});
const point = (units: number): OperatingPoint => ({ name: `units ${units}`, settings: { units } });

describe('they are broken by', () => {
  test.each<[string, Partial<Method>]>([
    ['no point', withPoints()],
    ['two points of one name', withPoints(point(3), { ...point(5), name: 'units 3' })],
    ['a point without a value for the dial', withPoints({ name: 'all', settings: {} })],
    ['a setting that is no number', withPoints(point(NaN))],
    ['a range that is upside down', withDial({ from: 5, to: 1 })],
    ['a whole dial with a fraction at its end', withDial({ to: 4.5 })],
    ['a dial without words', withDial({ description: '' })],
    ['a range that is wider than what runs', withDial({ to: 6 })],
    ['a dial program that runs something else', { dial: shifted }],
    ['a dial program without a dial', { dials: () => [] }],
  ])('%s', async (_name, changes) => {
    await expect(check({ ...width, ...changes })).rejects.toThrow();
  });

  test('dials without networks to go with them', async () => {
    const without = lineMethod();
    delete without.at;
    await expect(check(without)).rejects.toThrow();
  });

  test('a new network for each point, where only weights differ', async () => {
    const at: Method['at'] = (state, where) => {
      const there = line.at!(state, where);
      return { ...there, network: { ...there.network } };
    };
    await expect(check({ ...line, at })).rejects.toThrow();
  });

  test('a network that changes what it was made from', async () => {
    const at: Method['at'] = (state, where) => {
      state.weights.get('fc2.weight')!.data[0]! *= 1.0001;
      return line.at!(state, where);
    };
    await expect(check({ ...line, at })).rejects.toThrow();
  });

  test('a first point that is another one after the run than in it', async () => {
    let asked = 0;
    const operatingPoints = (state: CompressedState) => {
      const points = line.operatingPoints(state);
      return ++asked > 6 ? [...points].reverse() : points;
    };
    await expect(check({ ...line, operatingPoints })).rejects.toThrow();
  });
});

function shifted(state: CompressedState) {
  const dial = width.dial!(state);
  return {
    ...dial,
    feeds: ({ units = 1 }: Readonly<Record<string, number>>) =>
      dial.feeds({ units: Math.min(units + 1, 5) }),
  };
}

// Suites of plugins with methods at other options, each on the network that it needs.
describePlugin(
  definePlugin({
    name: 'cases',
    core: '*',
    provides: {
      method: {
        normed: provide({
          description: 'Needs a norm where its options say so',
          options: z.strictObject({ norm: z.enum(['none', 'batch']).default('none') }),
          create: ({ options }) => needing(options.norm),
        }),
      },
    },
  }),
  {
    methods: {
      normed: (['batch', 'none'] as const).map((norm) => ({
        options: { norm },
        network: () => blobNetwork(norm),
      })),
    },
  },
);

/** Plans nothing, which is an error, for networks with another norm. */
function needing(norm: BlobNorm): Method {
  return {
    ...smallExperiment().method,
    plan: ({ network }) => {
      const has = network.parameters.some(({ name }) => name === 'norm1.running_mean');
      return has === (norm === 'batch') ? [smallTraining()] : [];
    },
  };
}
