/** Name of pass `i` of a training step, before the names of its inputs. */
export const passName = (i: number): string => `lcs.pass${i}`;

/** Input for the point of the line that a pass is at: float32 scalar from 0 to 1. */
export const alphaInput = (pass: string): string => `${pass}.alpha`;
