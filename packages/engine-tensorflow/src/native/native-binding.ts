/** One output of an op or a session run: a handle (`id`), its shape and its TensorFlow dtype number. */
export interface TensorMetadata {
  readonly id: number;
  readonly shape: number[];
  readonly dtype: number;
}

/** One attribute of an eager op; `type` is one of the `TF_ATTR_*` numbers. */
export interface OpAttribute {
  readonly name: string;
  readonly type: number;
  readonly value: unknown;
}

/** What `createTensor` accepts: one typed array, or for TF_STRING one byte array per element. */
export type TensorInput = Float32Array | Int32Array | Uint8Array | readonly Uint8Array[];

/** What `tensorDataSync` returns: complex64 as pairs, bool as bytes, int64 as BigInt, strings as byte arrays. */
export type TensorOutput = Float32Array | Int32Array | BigInt64Array | Uint8Array | Uint8Array[];

/**
 * The N-API binding of tfjs-node (`tfjs_binding.node`), as its C++ defines it. Every call blocks.
 * Errors are plain `Error`s whose text is cut at 500 characters.
 */
export interface NativeBinding {
  /** Version of the TensorFlow library that is loaded, such as '2.21.0'. */
  readonly TF_Version: string;
  readonly TF_FLOAT: number;
  readonly TF_INT32: number;
  readonly TF_INT64: number;
  readonly TF_BOOL: number;
  readonly TF_COMPLEX64: number;
  readonly TF_STRING: number;
  readonly TF_RESOURCE: number;
  readonly TF_UINT8: number;
  readonly TF_ATTR_STRING: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_FLOAT: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_TYPE: number;
  readonly TF_ATTR_SHAPE: number;

  /**
   * Uploads a tensor and returns its handle. float32 takes Float32Array, int32 Int32Array, int64 an
   * Int32Array of twice the length, bool and uint8 Uint8Array. The array may be shared, not copied:
   * do not write to it while the tensor lives.
   */
  createTensor(shape: readonly number[], dtype: number, data: TensorInput): number;
  /** Frees a handle; throws when it is unknown or already freed. */
  deleteTensor(tensorId: number): void;
  /** Copies a tensor to the host. float64, half, bfloat16 and uint8 are refused: cast them first. */
  tensorDataSync(tensorId: number): TensorOutput;
  /** Runs one op eagerly. */
  executeOp(
    name: string,
    attributes: readonly OpAttribute[],
    inputIds: readonly number[],
    outputs: number,
  ): TensorMetadata[];
  /** Loads `<directory>/saved_model.pb` into a session; `tags` is a comma-separated list. */
  loadSavedModel(directory: string, tags: string): number;
  /**
   * One session run. Names are comma-separated `op:index` lists; an empty input list goes with `''`.
   * A node that only has side effects still needs an output: fetch an Identity behind it.
   */
  runSavedModel(
    sessionId: number,
    inputIds: readonly number[],
    inputNames: string,
    outputNames: string,
  ): TensorMetadata[];
  /** Closes a session and frees its variables. */
  deleteSavedModel(sessionId: number): void;
  /** Number of live tensor handles. */
  getNumOfTensors(): number;
  /** Number of open sessions. */
  getNumOfSavedModels(): number;
  /** True when TensorFlow sees a GPU. */
  isUsingGpuDevice(): boolean;
}
