import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';

import { PareError } from '../errors/pare-error.ts';

/** Who holds a lock file. `started` tells a process from a later one with the same number. */
interface LockHolder {
  readonly pid: number;
  readonly host: string;
  readonly started: string | undefined;
}

/** Options of `withLock`. */
export interface LockOptions {
  /** Called once when another live process holds the lock. */
  readonly onWait?: (pid: number) => void;
  /** Gives up waiting. */
  readonly signal?: AbortSignal;
  /** Milliseconds between two looks at a held lock. Default 250. */
  readonly pollInterval?: number;
}

/**
 * Runs an action while holding a lock file, so that two processes never do it at once.
 * A lock whose process has died is taken over; a lock of another host is waited for.
 */
export async function withLock<T>(
  path: string,
  action: () => Promise<T>,
  options: LockOptions = {},
): Promise<T> {
  await acquire(path, options);
  try {
    return await action();
  } finally {
    await releaseLock(path);
  }
}

/** Takes a lock file if no other live process holds it; gives its process number where one does. */
export async function takeLock(path: string): Promise<number | undefined> {
  while (!(await tryAcquire(path))) {
    const holder = await readHolder(path);
    if (holder === undefined) continue;
    if (!isDead(holder)) return holder.pid;
    await removeStale(path, holder);
  }
  return undefined;
}

/** Gives a lock back. */
export async function releaseLock(path: string): Promise<void> {
  await rm(path, { force: true });
}

async function acquire(path: string, options: LockOptions): Promise<void> {
  let waiting = false;
  for (let pid = await takeLock(path); pid !== undefined; pid = await takeLock(path)) {
    if (!waiting) options.onWait?.(pid);
    waiting = true;
    await pause(options);
  }
}

/** A link makes the lock appear with its contents: nobody ever reads an empty one. */
async function tryAcquire(path: string): Promise<boolean> {
  const { pid } = process;
  const own: LockHolder = { pid, host: hostname(), started: startOf(pid) };
  const ticket = `${path}.${randomUUID()}`;
  await writeFile(ticket, JSON.stringify(own));
  try {
    return await tryLink(ticket, path);
  } finally {
    await rm(ticket, { force: true });
  }
}

async function pause({ pollInterval = 250, signal }: LockOptions): Promise<void> {
  try {
    await delay(pollInterval, undefined, { signal });
  } catch (cause) {
    throw new PareError('ABORTED', 'Stopped while waiting for another process.', { cause });
  }
}

async function tryLink(ticket: string, path: string): Promise<boolean> {
  try {
    await link(ticket, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Undefined when the lock has just been released. A file that is no lock counts as a dead holder. */
async function readHolder(path: string): Promise<LockHolder | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return JSON.parse(text) as LockHolder;
  } catch {
    return { pid: 0, host: hostname(), started: undefined };
  }
}

function isDead({ pid, host, started }: LockHolder): boolean {
  if (host !== hostname()) return false;
  if (!Number.isSafeInteger(pid) || pid <= 0) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, under another user.
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
  const now = startOf(pid);
  return started !== undefined && now !== undefined && started !== now;
}

/** Start time of a process in clock ticks since boot; known on Linux only. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Field 22, counted behind the name in brackets, which may hold spaces.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

/** Two waiters may both see a dead holder; the one that moves away a live lock puts it back. */
async function removeStale(path: string, dead: LockHolder): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const moved = await readHolder(aside);
  if (moved !== undefined && !(moved.pid === dead.pid && moved.started === dead.started)) {
    await tryLink(aside, path);
  }
  await rm(aside, { force: true });
}
