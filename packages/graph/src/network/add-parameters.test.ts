import { describe, expect, test } from '@jest/globals';
import { gradients } from '../autodiff/gradients.ts';
import { add } from '../ops/add.ts';
import { dropout } from '../ops/dropout.ts';
import { mul } from '../ops/mul.ts';
import { relu } from '../ops/relu.ts';
import { sum } from '../ops/sum.ts';
import { program } from '../program/program.ts';
import { networkFromJson, networkToJson } from '../serialize/network-json.ts';
import { evaluate } from '../testing/evaluate.ts';
import { addParameters } from './add-parameters.ts';
import { normal } from './initializer.ts';
import { instantiate } from './instantiate.ts';
import { NetworkBuilder } from './network-builder.ts';
import type { NetworkJson } from '../serialize/network-json.ts';
import type { Network } from './network.ts';

function dense(): Network {
  const builder = new NetworkBuilder();
  const x = builder.input([3]);
  return builder.build('small', x, relu(builder.dense('fc', x, { units: 2, bias: false })));
}

const endpoint = {
  name: 'fc.weight1',
  layer: 'fc',
  shape: [3, 2],
  initializer: normal(1),
} as const;

describe('addParameters', () => {
  test('adds trainable parameters beside the graph and leaves the network as it was', () => {
    const network = dense();
    const line = addParameters(network, [endpoint]);
    expect(line.parameters.map(({ name, trainable }) => [name, trainable])).toEqual([
      ['fc.weight', true],
      ['fc.weight1', true],
    ]);
    expect(network.parameters).toHaveLength(1);
    expect(line.output).toBe(network.output);
  });

  test('refuses a name that is taken, twice in one call too', () => {
    expect(() => addParameters(dense(), [{ ...endpoint, name: 'fc.weight' }])).toThrow(
      'network "small": cannot add "fc.weight" [3, 2]; there is a parameter of that name with shape [3, 2].',
    );
    expect(() => addParameters(dense(), [endpoint, endpoint])).toThrow(/cannot add "fc.weight1"/);
  });

  test('what was added survives JSON', () => {
    const copy = networkFromJson(
      JSON.parse(JSON.stringify(networkToJson(addParameters(dense(), [endpoint])))) as NetworkJson,
    );
    expect(copy.parameters[1]).toMatchObject({ ...endpoint, role: 'state', groups: 1 });
    expect(copy.parameters[1]!.variable.shape).toEqual([3, 2]);
  });
});

describe('a rule of instantiate', () => {
  test('replaces ops with what it makes of their inputs, and leaves the others', () => {
    const network = dense();
    const [weight] = network.parameters;
    const { output } = instantiate(network, {
      mode: 'eval',
      weights: new Map([['fc.weight', mul(weight!.variable, 2)]]),
      rule: ({ node, inputs }) => (node.op.name === 'relu' ? [add(inputs[0]!, 1)] : undefined),
    });
    expect(output.node.op.name).toBe('add');
    const product = output.node.inputs[0]!.node;
    expect(product.inputs[1]!.node.op.name).toBe('mul');
  });

  test('comes before what the mode makes of an op, and gets inputs that are replaced already', () => {
    const builder = new NetworkBuilder();
    const x = builder.input([3]);
    const network = builder.build('drop', x, dropout(relu(x), 0.5));
    const seen: string[] = [];
    const { output } = instantiate(network, {
      mode: 'train',
      rule: ({ node, inputs }) => {
        seen.push(node.op.name);
        if (node.op.name === 'relu') return [mul(inputs[0]!, 2)];
        return node.op.name === 'dropout' ? [add(inputs[0]!, 1)] : undefined;
      },
    });
    // No seed is asked for, since no dropout is left.
    const fed = { x: { shape: [1, 3], data: [-1, 0, 2] } };
    const { y } = evaluate(program({ outputs: { y: output } }), fed).outputs;
    expect([...y!.data]).toEqual([-1, 1, 5]);
    expect(seen).toEqual(['relu', 'dropout']);
  });
});

test('what was added is trained where an objective uses it, and has no slope elsewhere', () => {
  const network = addParameters(dense(), [endpoint, { ...endpoint, name: 'fc.idle' }]);
  const [weight, second, idle] = network.parameters.map(({ variable }) => variable);
  const middle = mul(0.5, add(weight!, second!));
  const { output } = instantiate(network, {
    mode: 'train',
    weights: new Map([['fc.weight', middle]]),
  });
  const slopes = gradients(sum(output), [weight!, second!, idle!]);
  const state = new Map(
    network.parameters.map(({ name, shape }, i) => [name, { shape, data: Array(6).fill(i + 1) }]),
  );
  const outputs = Object.fromEntries(slopes.map((slope, i) => [`slope${i}`, slope]));
  const fed = { x: { shape: [1, 3], data: [1, 2, 4] } };
  const result = evaluate(program({ outputs }), fed, state).outputs;
  const half = [0.5, 0.5, 1, 1, 2, 2];
  expect(slopes.map((_, i) => [...result[`slope${i}`]!.data])).toEqual([
    half,
    half,
    Array(6).fill(0),
  ]);
});
