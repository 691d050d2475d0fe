/** The first logits of each image, one image after the other. */
export const firstLogits = (logits: readonly (readonly number[])[], count: number): number[] =>
  logits.flatMap((row) => row.slice(0, count));

/** Sum of the logits of all images. */
export const sumOf = (logits: readonly (readonly number[])[]): number =>
  logits.flat().reduce((a, b) => a + b, 0);

/** Sum of the squares of the logits of all images. */
export const squaresOf = (logits: readonly (readonly number[])[]): number =>
  logits.flat().reduce((sum, value) => sum + value * value, 0);
