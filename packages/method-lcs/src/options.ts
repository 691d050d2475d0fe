import { z } from 'zod';

const share = z.number().positive().max(1);
const bits = z.number().int().min(2).max(8);

/** What is compressed: the width of layers, single weights, or their precision. */
const settingNames = ['structured', 'unstructured', 'quantized'] as const;

/** How it is trained; which ones a setting has is checked in settings.ts. */
const variantNames = [
  'lcs-l',
  'lcs-p',
  'ns',
  'us',
  'lec',
  'target-topk',
  'target-bit-width',
] as const;

/** Options of the method. What is left out follows from setting, variant and model, as in the authors' configurations. */
export const lcsOptions = z.strictObject({
  preset: z
    .enum(['default', 'reference'])
    .default('default')
    .describe('reference: also the habits of the authors’ code that are mistakes'),
  setting: z
    .enum(settingNames)
    .default('structured')
    .describe('what is compressed: layer widths, single weights, or bits'),
  variant: z
    .enum(variantNames)
    .default('lcs-l')
    .describe(
      'lcs-l: a line of networks; lcs-p: one network, random levels; baselines: ns, us, lec (structured), target-topk (unstructured), target-bit-width (quantized)',
    ),
  epochs: z
    .number()
    .int()
    .positive()
    .optional()
    .describe('default 200; 90 for resnet-18 and vgg-19'),
  batchSize: z.number().int().positive().optional().describe('default 128; 256 for vgg-19'),
  learningRate: z
    .number()
    .positive()
    .optional()
    .describe('before warm-up and cosine; default 0.1, quantized 0.025'),
  learningRateWarmUp: z.number().int().nonnegative().default(5).describe('epochs of the warm-up'),
  momentum: z.number().min(0).lt(1).default(0.9).describe('of SGD'),
  weightDecay: z
    .number()
    .nonnegative()
    .optional()
    .describe('on all parameters; default 5e-4, for resnet-18 and vgg-19 5e-5'),
  beta: z
    .number()
    .nonnegative()
    .default(1)
    .describe('factor of the squared cosine of the two end points (lcs-l)'),
  warmUpBudget: z
    .number()
    .min(0)
    .max(100)
    .default(80)
    .describe(
      'percent of training over which compression sets in (unstructured, quantized); 0: at once',
    ),
  widths: z
    .tuple([share, share])
    .optional()
    .describe('least and greatest width factor (lcs-l, lcs-p, us); default 0.25 and 1'),
  widthSamples: z
    .number()
    .int()
    .min(2)
    .optional()
    .describe('widths in a step, the two ends among them (lcs-l, lcs-p, us); default 4'),
  sampling: z
    .enum(['sandwich', 'point'])
    .optional()
    .describe('structured lcs-l: both ends and random points in each step, or one random point'),
  widthList: z
    .array(share)
    .min(1)
    .optional()
    .describe('trained widths of ns; default 1, 0.75, 0.5, 0.25'),
  keep: z
    .union([share, z.tuple([z.number().min(0).max(1), share])])
    .optional()
    .describe(
      'kept share of weights: one number for target-topk (default 0.9), or least and greatest for lcs-l and lcs-p (default 0.025 and 1)',
    ),
  endProbability: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe('unstructured lcs-l: probability of taking one of the two ends; default 0.5'),
  bits: z
    .union([bits, z.tuple([bits, bits])])
    .optional()
    .describe(
      'bit width: one number for target-bit-width (default 6), or least and greatest (default 3 and 8)',
    ),
  discreteBits: z
    .boolean()
    .optional()
    .describe(
      'quantized lcs-l: draw one of the points that stand for a number of bits; default true',
    ),
  normSparsity: z
    .number()
    .nonnegative()
    .optional()
    .describe('lec: factor of the l1 subgradient on norm scales; default 1e-5'),
  grid: z
    .array(z.number().nonnegative())
    .min(1)
    .optional()
    .describe('settings that are evaluated at the end; default that of the authors'),
});

/** Options with simple defaults filled in. */
export type LcsOptions = z.output<typeof lcsOptions>;
export type SettingName = LcsOptions['setting'];
export type VariantName = LcsOptions['variant'];
