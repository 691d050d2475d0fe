import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { provide } from './define-plugin.ts';
import { part } from './part.ts';
import { failure } from '../testing/failure.ts';
import { plainExporter as exporter, plainPlugin as plugin } from '../testing/plain-plugin.ts';
import { Registry } from './registry.ts';

describe('complete', () => {
  const nested = plugin({
    provides: {
      exporter: {
        deep: provide({
          options: z.strictObject({
            optimizer: part('optimizer').default({ name: 'sgd', momentum: 0.9 }),
            stages: z.array(z.strictObject({ schedule: part('schedule').optional() })).default([]),
            choice: z.union([z.number(), z.strictObject({ by: part('schedule') })]).default(1),
          }),
          create: () => exporter('deep'),
        }),
      },
    },
  });
  const registry = new Registry().use(nested);

  test('fills in the options of parts inside, in mappings, lists and unions', () => {
    const full = registry.complete('exporter', {
      name: 'deep',
      stages: [{ schedule: 'cosine' }, {}],
      choice: { by: { name: 'warm-up', over: 3 } },
    });
    expect(full).toEqual({
      name: 'deep',
      optimizer: {
        name: 'sgd',
        learningRate: 1e-3,
        momentum: 0.9,
        nesterov: false,
        weightDecay: 0,
        decay: 'coupled',
      },
      stages: [{ schedule: { name: 'cosine', to: 0, per: 'epoch' } }, {}],
      choice: {
        by: {
          name: 'warm-up',
          over: 3,
          from: 0,
          per: 'epoch',
          mode: 'chain',
          then: { name: 'constant', factor: 1 },
        },
      },
    });
    expect(registry.complete('exporter', full)).toEqual(full);
  });

  test('tells where in a configuration an inner option is wrong', async () => {
    const optimizer = { name: 'sgd', momentun: 1 };
    const error = await failure(() =>
      registry.complete('exporter', { name: 'deep', optimizer }, ['x']),
    );
    expect(error.message).toContain(
      'optimizer "sgd": "x.optimizer.momentun" is not known. Did you mean "momentum"?',
    );
    const stages = [{ schedule: 'cosin' }];
    const unknown = await failure(() => registry.complete('exporter', { name: 'deep', stages }));
    expect(unknown.message).toContain('"cosin" (at "stages[0].schedule"). Did you mean "cosine"?');
  });
});
