/** Error for the person at the terminal: the code is for machines, the message says what failed, what was expected, what was received, what to do. */
export class PareError extends Error {
  override readonly name = 'PareError';
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
