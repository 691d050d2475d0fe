/** Error raised while a graph is built, differentiated, printed or read: says what failed, what was expected and received. */
export class GraphError extends Error {
  override readonly name = 'GraphError';
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
