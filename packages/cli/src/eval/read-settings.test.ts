import { describe, expect, test } from '@jest/globals';
import { readSettings } from './read-settings.ts';
import type { CompressedState, Dial, Method } from '@pare/core';
import type { SettingOptions } from './read-settings.ts';

const width: Dial = { name: 'width', from: 0.25, to: 1, description: 'share of the channels' };
const bits: Dial = { name: 'bits', from: 2, to: 8, whole: true, description: 'bits of weights' };

function method(...dials: Dial[]): Method {
  return {
    name: 'test',
    paper: 'none',
    plan: () => [],
    report: () => ({ values: {}, tables: [] }),
    operatingPoints: () => [
      { name: 'full', settings: { width: 1, bits: 8 } },
      { name: '0.5', settings: { width: 0.5, bits: 4 } },
    ],
    ...(dials.length > 0 && { dials: () => dials }),
  };
}

// What is asked of the methods above does not depend on it.
const state = {} as CompressedState;
const read = (options: SettingOptions, ...dials: Dial[]) =>
  readSettings(method(...dials), state, options);

describe('--at', () => {
  test.each<[string, Dial[], unknown]>([
    ['full', [width], 'full'],
    ['0.5', [width], '0.5'],
    ['0.3', [width], { width: 0.3 }],
    ['width=0.3', [width], { width: 0.3 }],
    [' width = 0.3 , bits=4', [width, bits], { width: 0.3, bits: 4 }],
  ])('%s with %j is %j', (at, dials, setting) => {
    expect(read({ at }, ...dials)).toEqual([setting]);
  });

  test.each<[string, Dial[], string, string]>([
    ['0.2', [width], 'BAD_SETTING', 'from 0.25 to 1, the range the model was trained for'],
    ['width=2', [width], 'BAD_SETTING', 'received 2.'],
    ['bits=2.5,width=1', [width, bits], 'BAD_SETTING', 'a whole number from 2 to 8'],
    ['bits=4', [width, bits], 'UNKNOWN_SETTING', 'needs a value for "width"'],
    ['widht=0.3', [width], 'UNKNOWN_SETTING', 'Did you mean "width"?'],
    ['ful', [width], 'UNKNOWN_POINT', 'Did you mean "full"? It has: full, 0.5. And it runs at any'],
    ['', [width], 'UNKNOWN_POINT', 'no operating point ""'],
    [
      '0.3',
      [],
      'NO_DIAL',
      '--at 0.3: nothing can be dialled in this model; it runs at "full", "0.5"',
    ],
    ['0.3', [width, bits], 'USAGE', 'several dials (width, bits). Name them: dial=number.'],
    [
      'width=wide',
      [width],
      'USAGE',
      'expected dial=number, such as width=0.3; received "width=wide"',
    ],
    ['width=', [width], 'USAGE', 'received "width="'],
    ['=0.3', [width], 'USAGE', 'received "=0.3"'],
  ])('%s with %j is %s', (at, dials, code, message) => {
    expect(() => read({ at }, ...dials)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    );
  });
});

describe('--grid', () => {
  test.each<[SettingOptions, Dial[], unknown]>([
    [{ grid: '0.25,1' }, [width], [{ width: 0.25 }, { width: 1 }]],
    [{ grid: '0.25:1:0.25' }, [width], [0.25, 0.5, 0.75, 1].map((each) => ({ width: each }))],
    [{ grid: 'bits=8:6:1', at: 'width=0.5' }, [width, bits], bitsAt(0.5, 8, 7, 6)],
    [{ grid: 'bits=2,3', at: '0.5' }, [width, bits], bitsAt(0.5, 2, 3)],
  ])('%j with %j', (options, dials, settings) => {
    expect(read(options, ...dials)).toEqual(settings);
  });

  test.each<[SettingOptions, Dial[], string, string]>([
    [{ grid: '0.5:1.5:0.5' }, [width], 'BAD_SETTING', 'received 1.5'],
    [{ grid: 'height=1,2' }, [width], 'UNKNOWN_SETTING', 'no setting "height"'],
    [{ grid: '1,2' }, [], 'NO_DIAL', '--grid 1,2: nothing can be dialled'],
    [{ grid: '1,2' }, [width, bits], 'USAGE', 'several dials'],
    [{ grid: '0.5,1', at: '0.3' }, [width], 'USAGE', '--at and --grid both set "width"'],
  ])('%j with %j is an error before anything runs', (options, dials, code, message) => {
    expect(() => read(options, ...dials)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    );
  });
});

function bitsAt(share: number, ...values: number[]) {
  return values.map((value) => ({ width: share, bits: value }));
}
