/** Exit codes of `pare`, as its help and README state them. */
export const exitCodes = {
  ok: 0,
  /** The run failed: a number that is not finite, an engine that failed, a full disk, or a fault of the program. */
  failed: 1,
  /** Usage, configuration or other input that cannot be worked with. */
  badInput: 2,
  /** A plugin, an engine or data is missing or damaged. */
  missing: 3,
  /** Ctrl-C. */
  interrupted: 130,
} as const;

/** One of the exit codes. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** An error that was written for the person at the terminal: `PareError` of any copy of core, or `GraphError`. */
export interface KnownError extends Error {
  readonly code: string;
}

const failures = new Set([
  'COMMAND_FAILED',
  'DISK_FULL',
  'ENGINE_DISPOSED',
  'ENGINE_FAILURE',
  'KERNEL_FAILED',
  'NON_FINITE_LOSS',
  'NOT_FINITE',
  'NO_WRITE_ACCESS',
  'SESSION_CLOSED',
  'WRITE_FAILED',
]);

const absences =
  /^(PLUGIN_|IDX_|DOWNLOAD_|UNKNOWN_NAME$|ENGINE_(NOT_INSTALLED|INSTALL_FAILED)$|PACKAGE_NOT_INSTALLED$|BACKEND_NOT_STARTED$|NO_GPU_ADAPTER$|TENSORFLOW_DIR_INVALID$|CHECKSUM_MISMATCH$|TOOL_MISSING$|DATASET_(FILE_NOT_FOUND|PACKAGE_NOT_FOUND|CHECKSUM|BAD_GZIP|UNREADABLE|EMPTY|COUNT_MISMATCH)$)/;

/** Whether an error tells a person what to do; others are faults. Names are compared, as there may be two copies of core. */
export function isKnownError(error: unknown): error is KnownError {
  const { name, code } = (error ?? {}) as { name?: unknown; code?: unknown };
  return (name === 'PareError' || name === 'GraphError') && typeof code === 'string';
}

/** The exit code that an error ends the command with. */
export function exitCodeOf(error: unknown): ExitCode {
  if (!isKnownError(error)) return exitCodes.failed;
  const { code } = error;
  if (code === 'INTERRUPTED' || code === 'ABORTED') return exitCodes.interrupted;
  if (failures.has(code)) return exitCodes.failed;
  return absences.test(code) ? exitCodes.missing : exitCodes.badInput;
}
