import { describe, expect, test } from '@jest/globals';
import { optionsSchema, parseOptions, provide } from '@pare/core';
import { z } from 'zod';
import { createLenet5 } from './lenet-5.ts';
import { withPresets } from './presets.ts';

const block = z.enum(['basic', 'bottleneck']).default('basic');
const shortcut = z.enum(['zeros', 'projection']).default('zeros');
const options = withPresets(
  z.strictObject({ block, shortcut, bias: z.boolean().default(false) }),
  {
    hinge: ({ block }) => ({ bias: block !== 'bottleneck', shortcut: 'zeros' }),
    hoyer: { shortcut: 'projection' },
  },
  ({ block }) => ({ shortcut: block === 'bottleneck' ? ('projection' as const) : undefined }),
);
const parse = (input: unknown) => parseOptions(options, input, { owner: 'model "net"' });

describe('presets', () => {
  test('change the defaults of other options', () => {
    expect(parse({ preset: 'hoyer' })).toMatchObject({ shortcut: 'projection', bias: false });
    expect(parse({})).toEqual({ block: 'basic', shortcut: 'zeros', bias: false });
  });

  test('give way to options that are given', () => {
    expect(parse({ preset: 'hoyer', shortcut: 'zeros' }).shortcut).toBe('zeros');
    expect(parse({ preset: 'hoyer', shortcut: undefined }).shortcut).toBe('projection');
  });

  test('may follow other options', () => {
    expect(parse({ preset: 'hinge' }).bias).toBe(true);
    expect(parse({ preset: 'hinge', block: 'bottleneck' }).bias).toBe(false);
    expect(parse({ block: 'bottleneck' }).shortcut).toBe('projection');
    expect(parse({ block: 'bottleneck', preset: 'hinge' }).shortcut).toBe('zeros');
  });

  test('once filled in, options stay what they are', () => {
    const complete = parse({ preset: 'hinge', block: 'bottleneck' });
    expect(parse(complete)).toEqual(complete);
  });

  test('unknown ones and unknown options are refused with what is known', () => {
    expect(() => parse({ preset: 'toString' })).toThrow(/"preset" must be one of "hinge", "hoyer"/);
    expect(() => parse({ biass: true })).toThrow(
      '"biass" is not known. Did you mean "bias"? Known: preset, block, shortcut, bias.',
    );
    expect(() => parse('hinge')).toThrow(/must be a mapping of options/);
  });

  test('the schema for editors names every option and none as required', () => {
    const json = optionsSchema({ provision: provide({ options, create: () => createLenet5() }) });
    expect(json).toMatchObject({ type: 'object', additionalProperties: false });
    expect(Object.keys(json.properties as object)).toEqual(['preset', 'block', 'shortcut', 'bias']);
    expect(json.required).toBeUndefined();
  });
});
