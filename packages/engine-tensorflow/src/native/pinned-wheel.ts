/** A wheel of the package index, named so exactly that only one file can be meant. */
export interface PinnedWheel {
  readonly package: string;
  readonly version: string;
  /** `process.platform` and `process.arch` that it serves. */
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  /** Python and platform tags for pip; no Python runs it, so the local version does not matter. */
  readonly pythonVersion: string;
  readonly platformTag: string;
  readonly file: string;
  readonly sha256: string;
  /** Bytes of the file, and of what is unpacked from it. */
  readonly bytes: number;
  readonly unpackedBytes: number;
}

/** The wheels that Pare installs from. Linux on x86-64 only: others have no pinned checksum yet. */
export const pinnedWheels: readonly PinnedWheel[] = [
  {
    package: 'tensorflow-cpu',
    version: '2.21.0',
    platform: 'linux',
    arch: 'x64',
    pythonVersion: '3.11',
    platformTag: 'manylinux_2_27_x86_64',
    file: 'tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl',
    sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
    bytes: 273_829_956,
    unpackedBytes: 858_000_000,
  },
];

/** The pinned wheel for a platform; undefined when there is none. */
export function pinnedWheelFor(
  platform: NodeJS.Platform = process.platform,
  arch: string = process.arch,
): PinnedWheel | undefined {
  return pinnedWheels.find((wheel) => wheel.platform === platform && wheel.arch === arch);
}
