/** Somewhere to write text. */
export interface TextSink {
  readonly write: (text: string) => void;
  /** Whether a person looks at it. */
  readonly isTerminal: boolean;
  /** Characters in a line; 80 where unknown. */
  readonly columns: number;
}

/** What the command sees of the process that runs it. */
export interface Host {
  readonly stdout: TextSink;
  readonly stderr: TextSink;
  /** Folder that relative paths start from. */
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /**
   * From this call on the first Ctrl-C aborts the signal, and the second one ends the process. Before it, Ctrl-C ends the
   * process at once, which is right for whatever has nothing to lose.
   */
  readonly heedInterruption: () => AbortSignal;
}
