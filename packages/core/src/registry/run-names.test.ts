import { expect, test } from '@jest/globals';
import { plainPlugin } from '../testing/plain-plugin.ts';
import { Registry } from './registry.ts';
import { services } from './services.ts';

test('a part can ask the run for the names of the parts that it could make', async () => {
  await using run = new Registry().use(plainPlugin()).openRun();
  const { names } = run.get(services.run);
  expect([names('exporter'), names('compression')]).toEqual([['onnx'], []]);
  expect(names('optimizer')).toEqual(['sgd', 'adam']);
});
