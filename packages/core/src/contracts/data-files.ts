/** One file that the publishers of a data set offer. */
export interface PublishedFile {
  /** Name in the data directory. */
  readonly name: string;
  readonly url: string;
  /** Exact size. */
  readonly bytes: number;
  /** Lower-case hex digests, as far as the publishers give them. */
  readonly md5?: string;
  readonly sha256?: string;
  /**
   * How it is unpacked in the data directory; default: it stays as it is. `zip`: the archive holds one folder, named as
   * the archive without `.zip`, and that folder comes to lie beside it.
   */
  readonly unpack?: 'zip';
  /** Not needed by default options of the data set: it is got only where all files are asked for. */
  readonly optional?: boolean;
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

/** `unverified`: it is there and its size is not wrong, but its content was not compared with anything. */
export type FileState = 'ok' | 'unverified' | 'missing' | 'damaged';

/** What is known of one file or folder of a data set. */
export interface FileCheck {
  /** Path in the data directory. */
  readonly name: string;
  readonly state: FileState;
  /** Size on disk, where it is known. */
  readonly bytes?: number;
  /** Why it is damaged or unverified, as a clause: `has 12 bytes instead of 5148`. */
  readonly detail?: string;
}

/** What is there of a data set. */
export interface DataCheck {
  /** Folder that was looked at. */
  readonly directory: string;
  readonly files: readonly FileCheck[];
}

/** What is told while files are compared, downloaded and unpacked. */
export type DataEvent =
  | { readonly type: 'notice'; readonly message: string }
  | {
      readonly type: 'progress';
      readonly phase: 'check' | 'download' | 'unpack';
      readonly file: string;
      /** Bytes done, and in all. */
      readonly done: number;
      readonly total: number;
    };

/** How files are looked at. */
export interface DataCheckOptions {
  /** Default: where the data set looks when a configuration names no directory. */
  readonly directory?: string;
  /** Compare the content with checksums; default false: what is there has state `unverified`. */
  readonly full?: boolean;
  /** Optional files that are missing are told, too. */
  readonly all?: boolean;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: DataEvent) => void;
}

/** How files are got. */
export interface DataFetchOptions {
  /** Default: as of `DataCheckOptions`. */
  readonly directory?: string;
  /** Folder of a mirror; the name of each file is appended. Default: the addresses of the manifest. */
  readonly url?: string;
  /** Optional files are got, too. */
  readonly all?: boolean;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: DataEvent) => void;
}

/** The files of a data set: what a plugin says of them so that they can be looked at and got. */
export interface DataFiles {
  readonly manifest: DataManifest;
  /** Looks at the files; changes nothing and does not throw where they are missing or damaged. */
  check(options?: DataCheckOptions): Promise<DataCheck>;
  /** Gets what is missing or damaged, and gives what is there then. Absent: only a person can get the files. */
  fetch?(options?: DataFetchOptions): Promise<DataCheck>;
}
