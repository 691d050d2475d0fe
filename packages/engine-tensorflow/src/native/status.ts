import { createInstallContext } from './install-context.ts';
import type { NativeLibrary, ProvisionOptions, SourceStatus } from './native-library.ts';
import { librarySources } from './provision.ts';
import { findReadyLibrary } from './ready-library.ts';

/** What `pare engine status` shows. */
export interface TensorFlowStatus {
  /** The library that would be loaded now; undefined when an install is needed. */
  readonly ready: NativeLibrary | undefined;
  readonly cacheDirectory: string;
  /** Every source in the order of trial: what it has, or why it cannot serve. */
  readonly sources: readonly SourceStatus[];
}

/** Looks at everything that could give TensorFlow; changes and fetches nothing. */
export async function tensorFlowStatus(
  options: Pick<ProvisionOptions, 'projectDirectory' | 'env' | 'signal'> = {},
): Promise<TensorFlowStatus> {
  const context = createInstallContext(options);
  const sources: SourceStatus[] = [];
  for (const source of librarySources) sources.push(await source.inspect(context));
  const named = sources.find(({ name }) => name === 'directory');
  // A variable that names junk is told by its source; here it only means that nothing is ready.
  const broken = named?.path !== undefined && !named.usable;
  const ready = broken ? undefined : await findReadyLibrary(context);
  return { ready, cacheDirectory: context.cacheDirectory, sources };
}
