import { copyTensor } from '../engine/copy-tensor.ts';
import type { Session } from '../contracts/engine.ts';
import type { HostTensor, Tensors } from '../contracts/tensor.ts';

/** The session with more variables, which no program has: they are kept here, and read and written like the others. */
export function withHostVariables(session: Session, first: Tensors): Session {
  if (first.size === 0) return session;
  const kept = new Map(Array.from(first, ([name, tensor]) => [name, copyTensor(tensor)]));
  const isKept = (name: string) => kept.has(name);
  return {
    run: (program, feeds) => session.run(program, feeds),
    async read(names) {
      const there = await session.read(names?.filter((name) => !isKept(name)));
      const here = names?.filter(isKept) ?? [...kept.keys()];
      const copies = here.map((name): [string, HostTensor] => [name, copyTensor(kept.get(name)!)]);
      return new Map([...there, ...copies]);
    },
    async write(values) {
      const entries = [...values];
      await session.write(new Map(entries.filter(([name]) => !isKept(name))));
      for (const [name, tensor] of entries) {
        if (isKept(name)) kept.set(name, copyTensor(tensor));
      }
    },
    dispose: () => session.dispose(),
  };
}
