declare const valueType: unique symbol;

/** Names a service and carries its type. Two copies of a package agree on the same key. */
export interface Token<T> {
  readonly id: string;
  readonly key: symbol;
  /** Only for the type checker; never set. */
  readonly [valueType]?: T;
}

/** A token for a service; `id` is a name like `logger` or `my-plugin/cache`. */
export const token = <T>(id: string): Token<T> => ({ id, key: Symbol.for(`@pare/${id}`) });
