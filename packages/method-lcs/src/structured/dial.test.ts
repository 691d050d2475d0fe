import { describe, expect, test } from '@jest/globals';
import { addParameters, program } from '@pare/graph';
import { evaluate } from '@pare/graph/testing';
import { lcsMethod } from '../lcs-method.ts';
import { lcsOptions } from '../options.ts';
import { regimeOf } from '../regime-of.ts';
import { lcsSettings } from '../settings.ts';
import { uniformFill } from '../testing/name-fill.ts';
import { outputsOf } from '../testing/outputs-of.ts';
import { bodies, build, filled } from '../testing/slimmable-networks.ts';

const variants = [
  ['lcs-l', 'instanceNorm'],
  ['us', 'batchNorm'],
] as const;

describe.each(Object.entries(bodies))('one program for all widths (%s)', (_name, body) => {
  test.each(variants)('%s gives what the network cut to a width gives', (variant, norm) => {
    const options = lcsOptions.parse({ variant });
    const plain = build(body, norm);
    const added = regimeOf(lcsSettings(options, plain.name)).added(plain);
    const state = filled(addParameters(plain, added));
    const method = lcsMethod(options);
    const dial = method.dial!(state);
    const forward = program({
      outputs: { y: dial.instance.output },
      inputs: [plain.input, ...dial.inputs],
    });
    const x = { shape: [2, 4, 4, 3], data: uniformFill(5, 96) };
    for (const width of [1, 0.7, 0.5, 0.25]) {
      const settings = { width };
      const { y } = evaluate(forward, { x, ...dial.feeds(settings) }, state.weights).outputs;
      const expected = outputsOf(method.at!(state, { name: '', settings }));
      expect(expected).toHaveLength(6);
      expected.forEach((value, i) => expect(y!.data[i]).toBeCloseTo(value, 5));
    }
  });
});
