import { z } from 'zod';
import { meanImageNormalization } from './mean-image.ts';
import { meanAndDeviation, resolveNormalization } from './normalization.ts';
import type { LabeledImages } from './labeled-images.ts';
import type { Normalization } from './normalization.ts';

/** Mean and deviation by the name of the paper whose experiments have them. */
export type PaperNormalizations = Readonly<Record<string, Normalization>>;

/** What an option `normalization` of images in memory says. */
export type NormalizationChoice = string | z.output<typeof meanAndDeviation>;

/** Option `normalization` of images in memory; `papers` are names of PaperNormalizations of the data set. */
export const namedNormalizationOption = <Paper extends string = never>(
  otherwise: 'none' | 'standard',
  papers: readonly Paper[] = [],
) =>
  z
    .union([z.enum(['none', 'standard', 'mean-image', ...papers]), meanAndDeviation])
    // TypeScript does not see that the names of a generic enum are not undefined.
    .default(otherwise as never)
    .describe(
      `"none": pixels in [0, 1]; "standard": mean and deviation of the data set; "mean-image": minus the mean of the training images, pixel by pixel; ${inWords(papers)}or { mean, deviation }, a number or one for each channel`,
    );

const inWords = (papers: readonly string[]): string => {
  const names = papers.map((paper) => `"${paper}"`).join(', ');
  return names && `${names}: as in the experiments of that paper; `;
};

/** What the names mean for one data set. */
export interface NormalizationNames {
  readonly standard: () => Normalization;
  readonly papers: PaperNormalizations;
  /** All training images, those held out included. */
  readonly train: LabeledImages;
}

/** Mean and deviation for each channel, or for `mean-image` means of each pixel. */
export function resolveNamedNormalization(
  choice: NormalizationChoice,
  { standard, papers, train }: NormalizationNames,
): Normalization {
  if (choice === 'mean-image') return meanImageNormalization(train);
  if (typeof choice === 'string' && Object.hasOwn(papers, choice)) return papers[choice]!;
  const other = choice as 'none' | 'standard' | z.output<typeof meanAndDeviation>;
  return resolveNormalization(other, train.shape[2], standard);
}
