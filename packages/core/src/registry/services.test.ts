import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { provide } from './define-plugin.ts';
import { failure } from '../testing/failure.ts';
import { plainExporter as exporter, plainPlugin as plugin } from '../testing/plain-plugin.ts';
import { Registry } from './registry.ts';
import { services } from './services.ts';
import { token } from './token.ts';
import type { Logger } from '../contracts/services.ts';

const none = z.strictObject({});

describe('services', () => {
  const needing = (needs: Parameters<typeof provide>[0]['needs'], see: (deps: unknown) => void) =>
    plugin({
      provides: {
        exporter: {
          seeing: provide({
            options: none,
            needs,
            create: ({ deps }) => {
              see(deps);
              return exporter('seeing');
            },
          }),
        },
      },
    });

  test('bound ones reach the part; binding again replaces', async () => {
    const lines: string[] = [];
    const logger: Logger = { info: (line) => lines.push(line), warn: () => {} };
    const registry = new Registry()
      .bind(services.logger, () => logger)
      .use(needing({ log: services.logger }, (deps) => (deps as { log: Logger }).log.info('hi')));
    await registry.openRun().create('exporter', 'seeing');
    expect(lines).toEqual(['hi']);
  });

  test('there is one instance a run, made on first use, disposed of last made first', async () => {
    const events: string[] = [];
    const cache = token<{ id: number; dispose: () => void }>('test/cache');
    const index = token<{ dispose: () => void }>('test/index');
    let count = 0;
    const registry = new Registry()
      .bind(cache, () => {
        const id = ++count;
        return { id, dispose: () => events.push(`cache ${id}`) };
      })
      .bind(index, (get) => {
        const { id } = get(cache);
        return { dispose: () => events.push(`index ${id}`) };
      });
    const first = registry.openRun();
    const second = registry.openRun();
    first.get(index);
    expect(first.get(cache)).toBe(first.get(cache));
    expect(second.get(cache)).not.toBe(first.get(cache));
    await first.dispose();
    expect(events).toEqual(['index 1', 'cache 1']);
    await second.dispose();
    expect(events).toEqual(['index 1', 'cache 1', 'cache 2']);
    await second.dispose();
    expect(events).toHaveLength(3);
  });

  test('a part with a dispose goes with its run, also when another one fails to', async () => {
    const gone: string[] = [];
    const disposable = (name: string, fails: boolean) =>
      provide({
        options: none,
        create: () => ({
          ...exporter(name),
          dispose: () => {
            gone.push(name);
            if (fails) throw new Error(`${name} is stuck`);
          },
        }),
      });
    const parts = { a: disposable('a', false), b: disposable('b', true) };
    const registry = new Registry().use(plugin({ provides: { exporter: parts } }));
    const used = async () => {
      await using run = registry.openRun();
      await run.create('exporter', 'a');
      await run.create('exporter', 'b');
    };
    await expect(used()).rejects.toThrow('b is stuck');
    expect(gone).toEqual(['b', 'a']);
  });

  test('a service of one run does not reach another', async () => {
    const registry = new Registry();
    const secret = token<string>('test/secret');
    const run = registry.openRun().bind(secret, () => 'mine');
    expect(run.get(secret)).toBe('mine');
    const error = await failure(() => registry.openRun().get(secret));
    expect(error.code).toBe('SERVICE_UNBOUND');
  });

  test('an unbound one is told with the part that needs it', async () => {
    const registry = new Registry().use(needing({ engine: services.engine }, () => {}));
    const error = await failure(() => registry.openRun().create('exporter', 'seeing'));
    expect(error.code).toBe('SERVICE_UNBOUND');
    expect(error.message).toContain(
      'exporter "seeing" of plain needs a service. The service "engine" is not bound.',
    );
  });

  test('a circle is told', async () => {
    const a = token<unknown>('test/a');
    const b = token<unknown>('test/b');
    const registry = new Registry().bind(a, (get) => get(b)).bind(b, (get) => get(a));
    const error = await failure(() => registry.openRun().get(a));
    expect([error.code, error.message]).toEqual([
      'SERVICE_CYCLE',
      'Services need each other in a circle: test/a -> test/b -> test/a.',
    ]);
  });

  test('the random stream follows the seed of the run', () => {
    const registry = new Registry();
    const draw = (seed: number) =>
      registry.openRun({ seed }).get(services.random).fork('x').uniform();
    expect(draw(3)).toBe(draw(3));
    expect(draw(3)).not.toBe(draw(4));
  });
});
