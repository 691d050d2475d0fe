import { describe, expect, test } from '@jest/globals';
import { add } from '../ops/add.ts';
import { dense } from '../composites/dense.ts';
import { input } from '../ops/input.ts';
import { mul } from '../ops/mul.ts';
import { relu } from '../ops/relu.ts';
import { variable } from '../ops/variable.ts';
import { networkFromJson, networkToJson } from '../serialize/network-json.ts';
import { addParameters } from './add-parameters.ts';
import { normal, zeros } from './initializer.ts';
import { NetworkBuilder } from './network-builder.ts';
import { rewriteNetwork } from './rewrite-network.ts';
import type { NetworkJson } from '../serialize/network-json.ts';
import type { Network } from './network.ts';
import type { NetworkRule } from './rewrite-network.ts';

const text = (network: Network) => JSON.stringify(networkToJson(network));
const copy = (network: Network) => networkFromJson(JSON.parse(text(network)) as NetworkJson);
const names = (network: Network) => network.parameters.map(({ name }) => name);

function twoLayers(): Network {
  const builder = new NetworkBuilder();
  const x = builder.input([3]);
  const hidden = relu(builder.dense('a', x, { units: 4 }));
  const network = builder.build('two', x, builder.dense('b', hidden, { units: 2 }));
  return addParameters(network, [
    { name: 'a.score', layer: 'a', shape: [4], initializer: normal(1) },
  ]);
}

const weight = (name: string, shape: readonly number[]) =>
  ({ name, layer: name, shape, initializer: zeros, role: 'weight', layout: 'io' }) as const;

/** Two products instead of one for the layer `a`. */
const factored: NetworkRule = ({ node, inputs, add: bring }) => {
  if (node.op.name !== 'matMul' || node.inputs[1]!.shape[0] !== 3) return undefined;
  const first = dense(inputs[0]!, bring(weight('a.0.weight', [3, 1])));
  return [dense(first, bring(weight('a.1.weight', [1, 4])))];
};

describe('the parameters', () => {
  test('that a rule brings take the place of those that it replaces; those beside the graph stay', () => {
    const network = twoLayers();
    const result = rewriteNetwork(network, factored);
    expect(names(result)).toEqual([
      'a.0.weight',
      'a.1.weight',
      'a.bias',
      'b.weight',
      'b.bias',
      'a.score',
    ]);
    expect(names(network)).toEqual(['a.weight', 'a.bias', 'b.weight', 'b.bias', 'a.score']);
    expect(result.parameters[0]).toMatchObject({ role: 'weight', trainable: true, groups: 1 });
    expect(text(copy(result))).toBe(text(result));
  });

  test('can be replaced one by one, under the same name too', () => {
    const result = rewriteNetwork(twoLayers(), ({ parameter, add: bring }) =>
      parameter?.layer === 'a' && parameter.role === 'bias'
        ? [mul(bring({ ...parameter, trainable: false }), 2)]
        : undefined,
    );
    expect(names(result)).toEqual(names(twoLayers()));
    expect(result.parameters[1]).toMatchObject({ name: 'a.bias', trainable: false });
  });

  test('go with what is cut off', () => {
    const withoutFirst: NetworkRule = ({ node, inputs }) => {
      const [product, bias] = inputs;
      const cuts = node.op.name === 'add' && bias!.shape[0] === 4;
      return cuts ? [product!.node.inputs[0]!] : undefined;
    };
    const square = new NetworkBuilder();
    const x = square.input([4]);
    const hidden = square.dense('a', x, { units: 4 });
    const network = square.build('square', x, square.dense('b', hidden, { units: 2 }));
    expect(names(rewriteNetwork(network, withoutFirst))).toEqual(['b.weight', 'b.bias']);
  });
});

describe('refused', () => {
  const rewritten = (rule: NetworkRule) => () => rewriteNetwork(twoLayers(), rule);
  const atRelu =
    (rule: NetworkRule): NetworkRule =>
    (context) =>
      context.node.op.name === 'relu' ? rule(context) : undefined;

  test('two parameters of one name', () => {
    const again = atRelu(({ inputs, add: bring }) => [
      add(inputs[0]!, bring(weight('b.bias', [4]))),
    ]);
    expect(rewritten(again)).toThrow(
      'network "two": two parameters would be named "b.bias", [4] and [2]. Choose another name for the new one.',
    );
    const beside = atRelu(({ inputs, add: bring }) => [
      add(inputs[0]!, bring(weight('a.score', [4]))),
    ]);
    expect(rewritten(beside)).toThrow(/two parameters would be named "a.score"/);
  });

  test('a new parameter that is not used', () => {
    const idle = atRelu(({ inputs, add: bring }) => {
      bring(weight('idle', [4]));
      return inputs;
    });
    expect(rewritten(idle)).toThrow('network "two": the rewritten output does not use idle.');
  });

  test('a variable that is no parameter, whatever its name', () => {
    const stray = atRelu(({ inputs }) => [add(inputs[0]!, variable('a.bias', [4]))]);
    expect(rewritten(stray)).toThrow(
      'network "two": the rewritten graph reads the variable "a.bias", which is no parameter. Make it with the rule\'s `add`.',
    );
  });

  test('another input, and an input that is none', () => {
    expect(rewritten(atRelu(({ inputs }) => [add(inputs[0]!, input('z', [4]))]))).toThrow(
      'network "two": a rewritten graph must begin with one input; received another input "z".',
    );
    const doubled: NetworkRule = ({ node }) =>
      node.op.name === 'input' ? [mul(node.outputs[0]!, 2)] : undefined;
    expect(rewritten(doubled)).toThrow(/must begin with one input/);
  });
});

test('the input can be one of another shape', () => {
  const builder = new NetworkBuilder();
  const x = builder.input([3]);
  const network = builder.build('free', x, relu(x));
  const wider = input('x', ['batch', 5]);
  const { input: used, output } = rewriteNetwork(network, ({ node }) =>
    node === x.node ? [wider] : undefined,
  );
  expect([used, output.shape]).toEqual([wider, ['batch', 5]]);
});
