import { ProtobufWriter } from './protobuf-writer.ts';
import type { TfAttribute } from './tf-attribute.ts';

/** A tensor in a GraphDef: `node:output`. */
export type TfTensor = `${string}:${number}`;

/** Parts of a TensorFlow node beside its op. */
export interface TfNodeParts {
  readonly inputs?: readonly TfTensor[];
  /** Undefined ones are left out. */
  readonly attributes?: Readonly<Record<string, TfAttribute | undefined>>;
  /** Names of nodes that must run before. */
  readonly control?: readonly string[];
  /** Default: the op's name and a number. */
  readonly name?: string;
}

/** GraphDef producer version that TensorFlow 2.9 and later accept (tensorflow/core/public/version.h). */
const producerVersion = 1087;

/** Collects TensorFlow nodes and writes them as a SavedModel without variables or signatures. */
export class GraphDef {
  readonly #graph = new ProtobufWriter();
  #count = 0;

  /** Adds a node and gives its name. */
  node(op: string, { inputs = [], attributes = {}, control = [], name }: TfNodeParts = {}): string {
    const unique = name ?? `${op}_${this.#count}`;
    this.#count += 1;
    this.#graph.message(1, (node) => {
      node.bytes(1, unique).bytes(2, op);
      for (const input of inputs) node.bytes(3, input);
      for (const before of new Set(control)) node.bytes(3, `^${before}`);
      for (const [key, attribute] of Object.entries(attributes)) {
        if (attribute) node.message(5, (entry) => entry.bytes(1, key).message(2, attribute));
      }
    });
    return unique;
  }

  /** Number of nodes. */
  get size(): number {
    return this.#count;
  }

  /** Bytes of `saved_model.pb` with the tag `serve`. */
  toSavedModel(): Uint8Array {
    const graph = this.#graph
      .message(4, (versions) => versions.integer(1, producerVersion))
      .finish();
    const model = new ProtobufWriter();
    model.integer(1, 1);
    model.message(2, (meta) => meta.message(1, (info) => info.bytes(4, 'serve')).bytes(2, graph));
    return model.finish();
  }
}
