import { describe, expect, test } from '@jest/globals';
import { NetworkBuilder, flatten } from '@pare/graph';
import { lcsMethod } from '../lcs-method.ts';
import { lcsOptions } from '../options.ts';
import { lcsNetworks } from '../testing/lcs-networks.ts';
import { twoImages } from '../testing/two-images.ts';
import type { Network } from '@pare/graph';

/** Plans the training of a network; gives the warnings. */
function warnings(network: Network, options: object): string[] {
  const warned: string[] = [];
  const method = lcsMethod(lcsOptions.parse(options), { warn: (message) => warned.push(message) });
  method.plan({ network, dataset: twoImages().info });
  return warned;
}

const norms = ['instance', 'batch', 'group'] as const;
const network = Object.fromEntries(
  norms.map((norm) => [norm, lcsNetworks.cPreResNet20(norm)]),
) as Record<(typeof norms)[number], Network>;

describe('norms that a variant takes without a word', () => {
  test.each([
    ['lcs-l', 'instance'],
    ['lcs-p', 'instance'],
    ['lcs-p', 'batch'],
    ['us', 'instance'],
    ['us', 'batch'],
    ['ns', 'batch'],
    ['lec', 'batch'],
  ] as const)('%s: %s', (variant, norm) => {
    expect(warnings(network[norm], { variant })).toEqual([]);
  });
});

describe('norms that a variant refuses', () => {
  test.each([
    ['lcs-l', 'group', 'instance or batch'],
    ['lcs-p', 'group', 'instance or batch'],
    ['us', 'group', 'instance or batch'],
    ['ns', 'group', 'batch'],
    ['ns', 'instance', 'batch'],
    ['lec', 'group', 'batch'],
    ['lec', 'instance', 'batch'],
  ] as const)('%s: %s', (variant, norm, allowed) => {
    expect(() => warnings(network[norm], { variant })).toThrow(
      new RegExp(`"${variant}" needs ${allowed} norm; "cpreresnet-20" has ${norm} norm.*"norm"`),
    );
  });
});

describe('a line', () => {
  test('of batch norms is an extension, and said to be one', () => {
    const [warning, ...more] = warnings(network.batch, { variant: 'lcs-l' });
    expect(warning).toMatch(/does not exist in the authors’ code; it is an extension/);
    expect(more).toEqual([]);
  });

  test('of batch norms is refused with the habits of the authors', () => {
    expect(() => warnings(network.batch, { variant: 'lcs-l', preset: 'reference' })).toThrow(
      /batch norms does not exist in the authors’ code\. Use instance norm/,
    );
  });

  test('of no norms is refused; one network of all widths is not', () => {
    const none = lcsNetworks.cPreResNet20('none');
    expect(() => warnings(none, { variant: 'lcs-l' })).toThrow(/line.*norms; .*has none.*lcs-p/);
    expect(warnings(none, { variant: 'lcs-p' })).toEqual([]);
  });
});

describe('layers', () => {
  const build = (hidden: boolean) => {
    const b = new NetworkBuilder();
    const x = b.input([4, 4, 2]);
    const y = hidden ? b.conv2d('grouped', x, { kernel: 1, filters: 4, groups: 2 }) : x;
    const wide = hidden ? b.conv2d('conv', y, { kernel: 1, filters: 4 }) : y;
    return b.build('small', x, b.dense('fc', flatten(wide), { units: 3 }));
  };

  test('that keep their width are named', () => {
    expect(warnings(build(true), { variant: 'us' })).toEqual([
      expect.stringMatching(
        /1 layer keeps its number of outputs at every width \(grouped\): a grouped convolution/,
      ),
    ]);
  });

  test('have to be there', () => {
    expect(() => warnings(build(false), { variant: 'us' })).toThrow(
      /"small" has no layer whose width can change: they are the channels of the images/,
    );
  });
});
