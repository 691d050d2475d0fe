import { describe, expect, test } from '@jest/globals';
import { applyOverrides } from './apply-overrides.ts';
import { parts, registry } from '../testing/config-parts.ts';
import { resolveConfig } from './resolve-config.ts';
import { thrownBy as failure } from '../testing/failure.ts';

describe('--set', () => {
  const set = (raw: Record<string, unknown>, ...settings: string[]) =>
    applyOverrides(raw, settings);

  test('values are YAML, later ones win, the given configuration stays', () => {
    const raw = { ...parts, seed: 3 };
    expect(
      set(
        raw,
        'seed=7',
        'method.strength=1e-3',
        'method.strength=2e-3',
        'plugins=[a, b]',
        'name="7"',
      ),
    ).toEqual({
      ...parts,
      seed: 7,
      method: { name: 'shrink', strength: 0.002 },
      plugins: ['a', 'b'],
      name: '7',
    });
    expect(raw).toEqual({ ...parts, seed: 3 });
  });

  test('goes into parts inside, lists and mappings that are not there yet', () => {
    const raw = { ...parts, method: { name: 'shrink', optimizer: 'sgd', stages: [{}, {}] } };
    const config = set(raw, 'method.optimizer.momentum=0.5', 'method.stages.1.epochs=4');
    expect(config.method).toEqual({
      name: 'shrink',
      optimizer: { name: 'sgd', momentum: 0.5 },
      stages: [{}, { epochs: 4 }],
    });
    expect(set(parts, 'trainer.checkpointEvery.steps=5').trainer).toEqual({
      checkpointEvery: { steps: 5 },
    });
  });

  test('an unknown option of a part is told when the configuration is resolved', () => {
    const config = set(parts, 'method.strenght=1');
    expect(() => resolveConfig(registry(), config)).toThrow('Did you mean "strength"?');
  });

  test.each([
    ['sed=1', '--set sed=1: "sed" is not known. Did you mean "seed"?'],
    [
      'trainer.evaluateEvry=1',
      '"trainer.evaluateEvry" is not known. Did you mean "evaluateEvery"?',
    ],
    ['seed', 'expected <path>=<value>'],
    ['method..a=1', 'expected <path>=<value>'],
    ['seed=[1', 'the value is not YAML'],
    ['plugins=@a/b', `needs quotes: 'plugins="@a/b"'`],
    ['method=&a [*a]', 'aliases (*name) contain themselves'],
    ['seed.a=1', '"seed" is 3, which has no keys'],
    ['method.stages.2.epochs=1', '"method.stages.2" is not in the list: expected 0 to 0'],
  ])('a mistake is told: %s', (setting, message) => {
    const raw = { ...parts, seed: 3, method: { name: 'shrink', stages: [{}] } };
    const error = failure(() => set(raw, setting));
    expect([error.code, error.message]).toEqual(['CONFIG_SET', expect.stringContaining(message)]);
  });

  test('cannot reach the prototype of objects', () => {
    set(parts, 'method.__proto__.polluted=1');
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});
