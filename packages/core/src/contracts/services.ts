/** Writes lines for people. */
export interface Logger {
  info(message: string): void;
  warn(message: string): void;
}

/** The time. */
export interface Clock {
  /** Milliseconds since 1970-01-01 UTC. */
  now(): number;
  /** Milliseconds that only grow. */
  monotonic(): number;
}

/** A seeded stream of numbers; forks by name are independent and do not depend on order. */
export interface Random {
  /** Next number, uniform in [0, 1). */
  uniform(): number;
  /** Next standard normal number. */
  normal(): number;
  /** Next whole number from 0 to `below` - 1. */
  integer(below: number): number;
  /** A stream of its own that depends on this one's seed and the name only. */
  fork(name: string): Random;
  /** Seed of this stream, 32 bits. */
  readonly seed: number;
}
