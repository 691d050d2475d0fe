/** What becomes of a compressed kernel. */
export type LayerForm =
  /** Kernel as it was, with Δ for its values: a matrix that two layers would not make smaller, or one that cannot be factored. */
  | 'dense'
  /** Kernel as it was, with the values of a codebook. */
  | 'codebook'
  /** Kernel as it was, most of it zero. */
  | 'sparse'
  /** Kernel as a sum of parameters. */
  | 'sum'
  /** Two layers. */
  | 'factored'
  /** No kernel: the layer gives its bias. */
  | 'constant'
  /** No layer: all that read it is constant. */
  | 'removed';

/** What a parameter of a compressed kernel holds. */
export type KernelContent = 'dense' | 'codebook' | 'sparse' | 'factor';

/** What was done with one kernel, and why. Plain data, for reports. */
export interface LayerDecision {
  /** Name of the compression task. */
  readonly task: string;
  /** Layer and name of the kernel in the network before. */
  readonly layer: string;
  readonly weight: string;
  readonly form: LayerForm;
  /** Where the kernel, or a part of its sum, is a product. */
  readonly rank?: number;
  /** One sentence part for people, without a full stop. */
  readonly reason: string;
  /** Parameters that hold the kernel now. */
  readonly parameters: readonly { readonly name: string; readonly content: KernelContent }[];
}
