import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { rewrite } from '../ir/rewrite.ts';
import { add } from '../ops/add.ts';
import { input } from '../ops/input.ts';
import { mul } from '../ops/mul.ts';
import { program } from '../program/program.ts';
import { networkFromJson, networkToJson } from '../serialize/network-json.ts';
import { instructions } from '../testing/arbitrary/instructions.ts';
import { graphFrom, randomGraphVariables } from '../testing/arbitrary/random-graph.ts';
import { evaluate } from '../testing/evaluate.ts';
import { addParameters } from './add-parameters.ts';
import { ones, zeros } from './initializer.ts';
import { NetworkBuilder } from './network-builder.ts';
import { rewriteNetwork } from './rewrite-network.ts';
import type { NetworkJson } from '../serialize/network-json.ts';
import type { Instruction } from '../testing/arbitrary/random-graph.ts';
import type { Network } from './network.ts';
import type { NetworkRule } from './rewrite-network.ts';

const text = (network: Network) => JSON.stringify(networkToJson(network));
const copy = (network: Network) => networkFromJson(JSON.parse(text(network)) as NetworkJson);

/** A network of one parameter, which its output may or may not read; it always reads the input. */
function randomNetwork(list: readonly Instruction[]): Network {
  const { y, x: start, w } = graphFrom(list);
  const x = input('x', [2, 3]);
  const [output] = rewrite([add(y, start)], ({ outputs }) =>
    outputs[0] === start ? [x] : undefined,
  );
  const none = { ...new NetworkBuilder().build('random', x, x), output: output! };
  const [parameter] = addParameters(none, [
    { name: 'w', layer: '', shape: [2, 3], initializer: zeros },
  ]).parameters;
  return { ...none, parameters: [{ ...parameter!, variable: w }] };
}

/** Value of the output, with 1 for all parameters but `w`. */
function valueOf({ output, parameters }: Network) {
  const variables = new Map(
    parameters.map(({ name, shape }) => [
      name,
      name === 'w' ? randomGraphVariables.get('w')! : { shape, data: [1] },
    ]),
  );
  const feeds = { x: randomGraphVariables.get('x')! };
  return evaluate(program({ outputs: { output } }), feeds, variables).outputs.output;
}

/** Gives each elementwise op a scale of its own. */
function scaling(): NetworkRule {
  let count = 0;
  return ({ node, keep, add: bring }) => {
    if (!['sin', 'tanh', 'neg'].includes(node.op.name)) return undefined;
    const name = `scale${count++}`;
    const scale = bring({ name, layer: name, shape: [], initializer: ones });
    return [mul(keep()[0]!, scale)];
  };
}

describe('of any network', () => {
  test('the rule that changes nothing gives the same graph and parameters', () => {
    fc.assert(
      fc.property(instructions('all'), (list) => {
        const network = randomNetwork(list);
        const same = rewriteNetwork(network, () => undefined);
        expect(same.output).toBe(network.output);
        expect(same).toEqual(network);
      }),
      { numRuns: 60 },
    );
  });

  test('a rule with parameters of its own gives a network that JSON keeps, with the same values', () => {
    let brought = 0;
    fc.assert(
      fc.property(instructions('all'), (list) => {
        const network = randomNetwork(list);
        const scaled = rewriteNetwork(network, scaling());
        brought += scaled.parameters.length - 1;
        expect(text(copy(scaled))).toBe(text(scaled));
        expect(valueOf(scaled)).toEqual(valueOf(network));
        expect(valueOf(copy(scaled))).toEqual(valueOf(network));
        expect(text(randomNetwork(list))).toBe(text(network));
      }),
      { numRuns: 60 },
    );
    expect(brought).toBeGreaterThan(20);
  });
});
