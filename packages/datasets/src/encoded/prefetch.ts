/**
 * Results of tasks in their order, while the next `ahead` tasks are under way: never more than `ahead` + 1 results are held, the
 * one that was given last counted in. When the consumer stops, or a task fails, `stop` is called and what runs is waited for.
 */
export async function* prefetch<T>(
  tasks: Iterable<() => Promise<T>>,
  ahead: number,
  stop: () => void,
): AsyncGenerator<T, void, undefined> {
  const running: Promise<T>[] = [];
  const source = tasks[Symbol.iterator]();
  const startUpTo = (count: number) => {
    while (running.length < count) {
      const task = source.next();
      if (task.done) return;
      const result = task.value();
      // A failure is thrown where the result is awaited; until then it must not count as unhandled.
      result.catch(() => undefined);
      running.push(result);
    }
  };
  try {
    for (;;) {
      startUpTo(ahead + 1);
      const first = running[0];
      if (!first) return;
      const result = await first;
      void running.shift();
      yield result;
    }
  } finally {
    stop();
    await Promise.allSettled(running);
  }
}
