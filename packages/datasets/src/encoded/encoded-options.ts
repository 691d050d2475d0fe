import { z } from 'zod';

/** Options of every data set of compressed images: how they are read, not what becomes of them. */
export const encodedOptions = {
  prefetch: z
    .int()
    .nonnegative()
    .default(2)
    .describe('Batches that are made ready before they are asked for'),
  workers: z
    .int()
    .positive()
    .optional()
    .describe('Images read, decoded and converted side by side; default: one more than cores'),
  jpegDecoder: z
    .enum(['sharp', 'jpeg-turbo'])
    .default('sharp')
    .describe(
      '"sharp": the same bytes as PIL; "jpeg-turbo": a grey level off on average, in a third of the time, and needs the package @julusian/jpeg-turbo',
    ),
  cache: z
    .enum(['none', 'memory'])
    .default('none')
    .describe(
      '"memory": decodes every image once, the first time, and keeps the bytes; for small images of one size',
    ),
  cacheLimit: z
    .int()
    .positive()
    .default(2 ** 31)
    .describe('Most bytes that cache: memory may take'),
  onBadImage: z
    .enum(['fail', 'skip'])
    .default('fail')
    .describe(
      'An image that cannot be decoded stops the run, or is replaced (training) or left out (evaluation) with a warning',
    ),
};

/** What the options say, complete. */
export type EncodedOptions = z.output<z.ZodObject<typeof encodedOptions>>;
