/** Where commands say things. People read text; with `--json` programs read objects, one a line. */
export interface Output {
  readonly json: boolean;
  /** Whether progress may be drawn over itself on standard error. */
  readonly animated: boolean;
  /** Lines of the answer for people: standard output. */
  print(text: string): void;
  /** A remark on the way, for people: standard error. */
  remark(text: string): void;
  /** An object for programs: standard output. */
  emit(object: Readonly<Record<string, unknown>>): void;
}

/** What a command gives back: the fields of the JSON result line. */
export interface CommandResult {
  readonly fields: Readonly<Record<string, unknown>>;
  /** Default: 0. */
  readonly exitCode?: number;
}
