import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { add, cast, div, input, log, mul, program, sqrt, sub, sum, variable } from '@pare/graph';
import { differenceOf, evaluate, opCases, smallTrainingStep } from '@pare/graph/testing';
import type { Closeness, OpCase, ReferenceTensor } from '@pare/graph/testing';
import type { Engine, Session } from '../contracts/engine.ts';
import type { HostTensor } from '../contracts/tensor.ts';

/** What the engine suite may be told about an engine. */
export interface DescribeEngineOptions {
  /** Number of tensors that the engine holds now; where it is given, runs must not change it. */
  readonly tensorCount?: () => number;
}

const floats = (...values: number[]): HostTensor => ({
  dtype: 'float32',
  shape: [values.length],
  data: Float32Array.from(values),
});

/** What a case's program reads of the case's feeds, in fresh buffers, since an engine may take over what it is fed. */
function feedsOf({ program: { inputs }, feeds }: OpCase): Record<string, HostTensor> {
  const read = Object.entries(feeds).filter(([name]) => inputs.has(name));
  return Object.fromEntries(read.map(([name, fed]) => [name, { ...fed, data: fed.data.slice() }]));
}

/** The variables of a case that its program has. */
function variablesOf({ program: known, variables }: OpCase): Map<string, HostTensor> {
  return new Map([...variables].filter(([name]) => known.variables.has(name)));
}

/** Differences of named tensors from the reference, in words. */
function differences(
  actual: ReadonlyMap<string, HostTensor>,
  expected: ReadonlyMap<string, ReferenceTensor>,
  closeness: Closeness,
): string[] {
  return [...expected].flatMap(([name, reference]) => {
    const tensor = actual.get(name);
    const difference = tensor ? differenceOf(tensor, reference, closeness) : 'missing';
    return difference ? [`${name}: ${difference}`] : [];
  });
}

/** a' = a + x; gives the old a, doubled. */
function counter() {
  const a = variable('a', [2]);
  const x = input('x', [2]);
  return program({ outputs: { doubled: mul(a, 2) }, updates: [{ variable: a, value: add(a, x) }] });
}

/**
 * The suite that every engine passes: each primitive op against the reference, a training step, and the contract of
 * sessions. Call it in a test file of the engine's package.
 */
export function describeEngine(
  name: string,
  create: () => Promise<Engine>,
  options: DescribeEngineOptions = {},
): void {
  describe(`${name} engine`, () => {
    let engine: Engine;
    beforeAll(async () => {
      engine = await create();
    });
    afterAll(() => engine.dispose());

    /** Runs a test body with a session that is disposed at its end. */
    const withSession = async <T>(
      programs: Parameters<Engine['open']>[0],
      body: (session: Session) => Promise<T>,
    ): Promise<T> => {
      const session = await engine.open(programs);
      try {
        return await body(session);
      } finally {
        await session.dispose();
      }
    };

    test('says what it is', () => {
      expect(engine.info.name).toMatch(/^[a-z][a-z-]*$/);
      expect(engine.info.threads).toBeGreaterThanOrEqual(1);
    });

    describe('computes what the reference computes', () => {
      test.each(opCases.map((opCase) => [opCase.name, opCase] as const))(
        '%s',
        async (_, opCase) => {
          const variables = variablesOf(opCase);
          const expected = evaluate(opCase.program, feedsOf(opCase), variables);
          const found = await withSession({ main: opCase.program }, async (session) => {
            await session.write(variables);
            const outputs = new Map(Object.entries(await session.run('main', feedsOf(opCase))));
            const after = await session.read();
            const reference = new Map(Object.entries(expected.outputs));
            return [
              ...differences(outputs, reference, opCase),
              ...differences(after, expected.variables, opCase),
            ];
          });
          expect(found).toEqual([]);
        },
      );

      test('twenty steps of training give the loss curve of the reference', async () => {
        const step = smallTrainingStep();
        let state: Parameters<typeof evaluate>[2] = step.variables;
        const expected = Array.from({ length: 20 }, () => {
          const { outputs, variables } = evaluate(step.program, step.feeds, state);
          state = variables;
          return outputs.loss!.data[0]!;
        });
        const losses = await withSession({ step: step.program }, async (session) => {
          await session.write(step.variables);
          const result: number[] = [];
          for (let i = 0; i < 20; i++) {
            result.push((await session.run('step', feedsOf(step))).loss!.data[0]!);
          }
          return result;
        });
        expect(losses.at(-1)).toBeLessThan(losses[0]! / 2);
        // Rounding grows from step to step, since each step starts from the last one's weights.
        losses.forEach((loss, i) => {
          expect(Math.abs(loss - expected[i]!)).toBeLessThan(1e-3 * Math.max(expected[0]!, 1));
        });
      });

      test('division by zero, logarithms of zero and NaN follow IEEE 754', async () => {
        const [a, b] = [input('a', [5]), input('b', [5])];
        const outputs = { quotient: div(a, b), log: log(b), root: sqrt(a), difference: sub(a, a) };
        const result = await withSession({ main: program({ outputs }) }, (session) =>
          session.run('main', { a: floats(1, -1, 0, NaN, Infinity), b: floats(0, 0, 0, 1, -1) }),
        );
        expect([...result.quotient!.data]).toEqual([Infinity, -Infinity, NaN, NaN, -Infinity]);
        expect([...result.log!.data]).toEqual([-Infinity, -Infinity, -Infinity, 0, NaN]);
        expect([...result.root!.data]).toEqual([1, NaN, 0, NaN, Infinity]);
        expect([...result.difference!.data]).toEqual([0, 0, 0, NaN, NaN]);
      });
    });

    describe('keeps the contract of sessions', () => {
      test('a variable reads back as it was written, whatever the caller does to its array', () =>
        withSession({ main: counter() }, async (session) => {
          const value = floats(1.5, -2);
          const written = session.write(new Map([['a', value]]));
          value.data.fill(9);
          await written;
          const first = await session.read(['a']);
          expect(first.get('a')).toEqual(floats(1.5, -2));
          first.get('a')!.data.fill(7);
          expect((await session.read()).get('a')).toEqual(floats(1.5, -2));
        }));

      test('a boolean variable may be written from a Buffer, which the caller keeps', () => {
        const flag = variable('flag', [8000], 'bool');
        const count = program({ outputs: { count: sum(cast(flag, 'int32')) } });
        return withSession({ count }, async (session) => {
          const data = Buffer.alloc(8000, 1);
          const written = session.write(
            new Map([['flag', { dtype: 'bool', shape: [8000], data }]]),
          );
          expect(data).toHaveLength(8000);
          data.fill(0);
          await written;
          expect((await session.run('count', {})).count!.data[0]).toBe(8000);
        });
      });

      test('an update is seen by the next run, not by the run that makes it', () =>
        withSession({ main: counter() }, async (session) => {
          await session.write(new Map([['a', floats(1, 2)]]));
          const outputs = await session.run('main', { x: floats(10, 20) });
          expect(outputs).toEqual({ doubled: floats(2, 4) });
          expect((await session.read()).get('a')).toEqual(floats(11, 22));
        }));

      test('calls run in the order in which they were made, though nobody waits', () =>
        withSession({ main: counter(), other: counter() }, async (session) => {
          const calls = [
            session.write(new Map([['a', floats(0, 0)]])),
            session.run('main', { x: floats(1, 1) }),
            session.run('other', { x: floats(2, 2) }),
            session.write(new Map([['a', floats(100, 0)]])),
            session.run('main', { x: floats(4, 4) }),
          ];
          const [, first, second, , third] = await Promise.all(calls);
          expect([first, second, third]).toEqual([
            { doubled: floats(0, 0) },
            { doubled: floats(2, 2) },
            { doubled: floats(200, 0) },
          ]);
          expect((await session.read()).get('a')).toEqual(floats(104, 4));
        }));

      test('programs of a session share variables, sessions do not', () =>
        withSession({ main: counter() }, (one) =>
          withSession({ main: counter() }, async (two) => {
            await one.write(new Map([['a', floats(1, 1)]]));
            await two.write(new Map([['a', floats(5, 5)]]));
            await one.run('main', { x: floats(1, 1) });
            expect((await two.read()).get('a')).toEqual(floats(5, 5));
          }),
        ));

      test('a variable that was never written is an error that names it', () =>
        withSession({ main: counter() }, async (session) => {
          await expect(session.run('main', { x: floats(1, 1) })).rejects.toMatchObject({
            code: 'VARIABLE_NOT_SET',
            message: expect.stringContaining('"a"') as unknown,
          });
        }));

      test('writing an unknown variable or a misfit is an error and changes nothing', () =>
        withSession({ main: counter() }, async (session) => {
          await session.write(new Map([['a', floats(1, 2)]]));
          const good = ['a', floats(3, 4)] as const;
          await expect(session.write(new Map([good, ['b', floats(1)]]))).rejects.toMatchObject({
            code: 'UNKNOWN_VARIABLE',
          });
          for (const misfit of [floats(1, 2, 3), { ...good[1], data: Int32Array.of(3, 4) }]) {
            await expect(session.write(new Map([['a', misfit]]))).rejects.toMatchObject({
              code: 'BAD_VARIABLE',
            });
          }
          expect((await session.read()).get('a')).toEqual(floats(1, 2));
        }));

      test('missing, unknown and misshapen feeds are errors, and the session goes on', () =>
        withSession({ main: counter() }, async (session) => {
          await session.write(new Map([['a', floats(1, 1)]]));
          await expect(session.run('main', {})).rejects.toMatchObject({ code: 'MISSING_INPUT' });
          await expect(
            session.run('main', { x: floats(1, 1), y: floats(1) }),
          ).rejects.toMatchObject({ code: 'UNKNOWN_INPUT' });
          await expect(session.run('main', { x: floats(1, 2, 3) })).rejects.toMatchObject({
            code: 'BAD_INPUT',
          });
          const outputs = await session.run('main', { x: floats(0, 0) });
          expect(outputs).toEqual({ doubled: floats(2, 2) });
        }));

      test('a program that the session does not have is an error', () =>
        withSession({ main: counter() }, async (session) => {
          await expect(session.run('other', {})).rejects.toMatchObject({ code: 'UNKNOWN_PROGRAM' });
        }));

      test('a disposed session refuses to run, and disposing twice is allowed', async () => {
        const session = await engine.open({ main: counter() });
        await session.write(new Map([['a', floats(1, 1)]]));
        await session.dispose();
        await session.dispose();
        await expect(session.run('main', { x: floats(1, 1) })).rejects.toMatchObject({
          code: 'SESSION_CLOSED',
        });
      });
    });

    test('a disposed engine opens no session, and its sessions are closed', async () => {
      const other = await create();
      const session = await other.open({ main: counter() });
      await other.dispose();
      await expect(other.open({ main: counter() })).rejects.toMatchObject({
        code: 'ENGINE_DISPOSED',
      });
      await expect(session.read()).rejects.toMatchObject({ code: 'SESSION_CLOSED' });
    });

    const { tensorCount } = options;
    (tensorCount ? test : test.skip)('neither runs nor failures keep tensors', async () => {
      const before = tensorCount!();
      const step = smallTrainingStep();
      const session = await engine.open({ step: step.program });
      await session.write(step.variables);
      const open = tensorCount!();
      for (let i = 0; i < 3; i++) await session.run('step', feedsOf(step));
      await session.run('step', {}).catch(() => undefined);
      await session.read();
      expect(tensorCount!()).toBe(open);
      await session.dispose();
      expect(tensorCount!()).toBe(before);
    });
  });
}
