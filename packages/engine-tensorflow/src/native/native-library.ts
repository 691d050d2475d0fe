/** Where a native library came from, in the order in which the sources are tried. */
export const sourceNames = [
  'installed-binding',
  'directory',
  'python',
  'wheel',
  'tfjs-installer',
] as const;

/** One of `sourceNames`. */
export type SourceName = (typeof sourceNames)[number];

/** A file of the native library and its size in bytes, by which a damaged install is noticed. */
export interface LibraryFile {
  readonly path: string;
  readonly bytes: number;
}

/** A TensorFlow library with a binding that Node can load; it has run a graph when it was made. */
export interface NativeLibrary {
  readonly source: SourceName;
  /** TensorFlow's own version, such as '2.21.0'. */
  readonly version: string;
  /** Absolute path of `tfjs_binding.node`. */
  readonly bindingPath: string;
  /** The shared libraries behind the binding; empty where the binding brings its own. */
  readonly libraries: readonly LibraryFile[];
  /** Bytes on disk that this install takes, libraries that were there before not counted. */
  readonly bytes: number;
}

/** What one source says about itself; `detail` tells what was found or why it cannot serve. */
export interface SourceStatus {
  readonly name: SourceName;
  readonly usable: boolean;
  readonly detail: string;
  readonly version?: string;
  readonly path?: string;
  /** Bytes on disk: of what is there, or of what an install would need. */
  readonly bytes?: number;
}

/** Progress of `provisionTensorFlow`. `bytes` is the size of what the step fetches, writes or removes. */
export type ProvisionEvent =
  | { readonly type: 'step'; readonly message: string; readonly bytes?: number }
  | { readonly type: 'skipped'; readonly source: SourceName; readonly reason: string }
  | { readonly type: 'done'; readonly library: NativeLibrary; readonly alreadyThere: boolean };

/** Options of `provisionTensorFlow`; all are optional. */
export interface ProvisionOptions {
  /** Use only this source. Default: try all in order. */
  readonly source?: SourceName;
  /** Folder whose node_modules are searched for tfjs-node. Default: the working directory. */
  readonly projectDirectory?: string;
  /** Environment to read settings from and to run tools in. Default: `process.env`. */
  readonly env?: NodeJS.ProcessEnv;
  /** Install again even if a working library is there. Default false. */
  readonly force?: boolean;
  /** Stops the tools that run and leaves nothing half-made. */
  readonly signal?: AbortSignal;
}
