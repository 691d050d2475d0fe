import type { InstallContext } from '../install-context.ts';
import type { NativeLibrary, SourceStatus } from '../native-library.ts';

/** One way to get TensorFlow. Each is tried in the order of `sourceNames`. */
export interface LibrarySource {
  readonly name: SourceStatus['name'];
  /** Whether it can serve here, and what it would use. Changes nothing, never throws. */
  inspect(context: InstallContext): Promise<SourceStatus>;
  /** Makes a library that has run a graph. Throws PareError with the reason when it cannot. */
  provide(context: InstallContext): Promise<NativeLibrary>;
}
