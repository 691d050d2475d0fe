import type { PareError } from '../errors/pare-error.ts';

/** The error that an action throws; for tests that look at several sides of it. */
export function thrownBy(action: () => unknown): PareError {
  try {
    action();
  } catch (error) {
    return error as PareError;
  }
  throw new Error('nothing was thrown');
}

/** The error with which an action is rejected, or that it throws. */
export async function failure(action: () => unknown): Promise<PareError> {
  try {
    await action();
  } catch (error) {
    return error as PareError;
  }
  throw new Error('nothing was thrown');
}
