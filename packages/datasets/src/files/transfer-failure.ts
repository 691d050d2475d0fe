/** A transfer that did not come to its end: what happened, and whether another attempt may do better. */
export class TransferFailure extends Error {
  readonly retry: boolean;

  constructor(
    reason: string,
    { retry, cause }: { readonly retry: boolean; readonly cause?: unknown },
  ) {
    super(reason, { cause });
    this.name = 'TransferFailure';
    this.retry = retry;
  }
}

/** What went wrong on the network; `fetch` itself only says "fetch failed" or "terminated". */
export function networkFailure(error: unknown): TransferFailure {
  const { code, message } = ((error as Error).cause ?? error) as NodeJS.ErrnoException;
  const text = message || (error as Error).message;
  const reason = code && !text.includes(code) ? `${text} (${code})` : text;
  return new TransferFailure(reason, { retry: true, cause: error });
}
