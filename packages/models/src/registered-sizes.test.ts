import { expect, test } from '@jest/globals';
import { NetworkBuilder, costReport } from '@pare/graph';
import plugin from './index.ts';
import { registeredSizes } from './testing/registered-sizes.ts';

const models = plugin.provides.model!;

test('no registered network is missing', () => {
  const names = registeredSizes.flatMap(({ sizes }) => Object.keys(sizes));
  expect([...new Set(names)].sort()).toEqual(Object.keys(models).sort());
});

for (const { task, sizes } of registeredSizes) {
  const images = `${task.imageShape.join(' x ')}, ${task.classes} classes`;
  test.each(Object.entries(sizes))(
    `${images}: %s has its parameters and multiply-adds`,
    async (name, size) => {
      const { options, create } = models[name]!;
      const model = await create({ options: options.parse({}), deps: {} });
      const network = model.build(new NetworkBuilder(), task);
      const { parameters, macs } = costReport(network);
      expect([parameters, macs]).toEqual(size);
      expect(network.output.shape).toEqual(['batch', task.classes]);
    },
  );
}
