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

/** Codes that say that something is missing or damaged. */
const absences = [
  /^(PLUGIN_|DOWNLOAD_|UNKNOWN_NAME$|PACKAGE_NOT_INSTALLED$|TOOL_MISSING$|CHECKSUM_MISMATCH$)/,
  /^(ENGINE_(NOT_INSTALLED|INSTALL_FAILED)|BACKEND_NOT_STARTED|NO_GPU_ADAPTER|TENSORFLOW_DIR_INVALID)$/,
  /^(IDX|CIFAR|LMDB|MAT|PICKLE|SVHN)_/,
  /^DATASET_(.*_NOT_FOUND|BY_HAND|CHECKSUM|UNREADABLE|UNPACKED_DAMAGED|BROKEN_LINK|NO_TRAIN_FOLDER)$/,
  /^DATASET_(BAD_(ANNOTATION|ARCHIVE|CLASS_LIST|GZIP|IMAGES?)|(COUNT|LABEL)_MISMATCH|LABEL_RANGE)$/,
  /^DATASET_(EMPTY|EMPTY_CLASS|NO_CLASSES|NO_IMAGES)$/,
];

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
  return absences.some((pattern) => pattern.test(code)) ? exitCodes.missing : exitCodes.badInput;
}
