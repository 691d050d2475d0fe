/** One file that the publishers of a data set offer. */
export interface PublishedFile {
  /** Name in the data directory. */
  readonly name: string;
  readonly url: string;
  readonly bytes: number;
  /** Lower-case hex digests, as far as the publishers give them. */
  readonly md5?: string;
  readonly sha256?: string;
  /** How it is unpacked into the data directory; default: it stays as it is. */
  readonly unpack?: 'zip';
}

/** Where a data set's files come from, and how they get to the data directory. */
export interface DataManifest {
  /** Name in configurations. */
  readonly dataset: string;
  /** Page of the publishers. */
  readonly homepage: string;
  /** What may be downloaded; empty where a person has to agree to terms first. */
  readonly files: readonly PublishedFile[];
  /** What a person does to get the files without this program, as one or more sentences. */
  readonly byHand: string;
}
