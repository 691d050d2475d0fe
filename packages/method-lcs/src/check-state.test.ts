import { describe, expect, test } from '@jest/globals';
import { addParameters } from '@pare/graph';
import { lcsMethod } from './lcs-method.ts';
import { lcsOptions } from './options.ts';
import { regimeOf } from './regime-of.ts';
import { lcsSettings } from './settings.ts';
import { blobResidual } from './testing/blob-residual.ts';
import { allVariants } from './testing/blob-runs.ts';
import { filled } from './testing/slimmable-networks.ts';
import { withRanges } from './testing/with-ranges.ts';

type Choice = readonly [setting: string, variant: string];

const parse = ([setting, variant]: Choice) => lcsOptions.parse({ setting, variant });

/** A result of one variant. */
function stateOf(choice: Choice, norm: 'batch' | 'group' | 'instance') {
  const plain = blobResidual(norm);
  const added = regimeOf(lcsSettings(parse(choice), plain.name)).added(plain);
  return withRanges(filled(addParameters(plain, added)));
}

/** Runs a result at its least compressed level, as somebody who has chosen these options. */
function run(choice: Choice, state: ReturnType<typeof stateOf>) {
  const method = lcsMethod(parse(choice));
  return method.at!(state, method.operatingPoints(state)[0]!);
}

test.each(allVariants)('a result of %s %s runs with its own options', (setting, variant, norm) => {
  expect(() => run([setting, variant], stateOf([setting, variant], norm))).not.toThrow();
});

describe('a result that was trained with other options is refused:', () => {
  test.each<[trained: Choice, used: Choice, message: RegExp]>([
    [
      ['unstructured', 'lcs-l'],
      ['unstructured', 'lcs-p'],
      /"blobs" was not trained with setting "unstructured", variant "lcs-p": it also has conv1.weight1, conv2.weight1, conv3.weight1 and \d+ more\. Use the options of its recipe/,
    ],
    [['unstructured', 'lcs-p'], ['unstructured', 'lcs-l'], /it lacks conv1.weight1/],
    [['structured', 'lcs-p'], ['structured', 'lcs-l'], /it lacks bn1.weight1/],
    [['structured', 'lcs-l'], ['unstructured', 'lcs-l'], /it lacks conv1.weight1/],
    [
      ['quantized', 'lcs-l'],
      ['unstructured', 'lcs-l'],
      /it also has conv2.running_min, conv2.running_max, conv2.iteration_count and 3 more/,
    ],
    [['unstructured', 'lcs-p'], ['quantized', 'lcs-p'], /it lacks conv2.running_min/],
  ])('%j with %j', (trained, used, message) => {
    const norm = [trained, used].some(([setting]) => setting === 'structured')
      ? 'instance'
      : 'group';
    expect(() => run(used, stateOf(trained, norm))).toThrow(message);
  });

  test('the program of all widths, too', () => {
    const state = stateOf(['structured', 'lcs-p'], 'instance');
    const method = lcsMethod(parse(['structured', 'lcs-l']));
    expect(() => method.dial!(state)).toThrow(/it lacks bn1.weight1/);
  });
});
