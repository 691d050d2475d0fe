import { crc32, deflateRawSync } from 'node:zlib';

/** One file of an archive that a test makes, with the faults that it wants. */
export interface ZipFileParts {
  readonly name: string;
  readonly content?: string;
  /** Mode of Unix with the kind of file; default: a regular file. */
  readonly mode?: number;
  /** Default: the right one. */
  readonly crc32?: number;
}

const DEFLATE = 8;
const HEADER = 30;
const LISTING = 46;

/** A zip archive: each file with its header, the list of all files, the end (APPNOTE.TXT 4.3). */
export function zipOf(...files: ZipFileParts[]): Buffer {
  const contents: Buffer[] = [];
  const listing: Buffer[] = [];
  let offset = 0;
  for (const { name, content = '', mode = 0o100644, crc32: sum = crc32(content) } of files) {
    const bytes = deflateRawSync(content);
    // Version, flags, method, time, date, CRC-32, sizes, length of the name, nothing else.
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(DEFLATE, 4);
    common.writeUInt32LE(sum, 10);
    common.writeUInt32LE(bytes.length, 14);
    common.writeUInt32LE(Buffer.byteLength(content), 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    contents.push(signed('PK\x03\x04', HEADER, common, 4), Buffer.from(name), bytes);
    const entry = signed('PK\x01\x02', LISTING, common, 6);
    // Made on Unix, which is what gives the mode a meaning.
    entry.writeUInt16LE(0x0314, 4);
    entry.writeUInt32LE((mode << 16) >>> 0, 38);
    entry.writeUInt32LE(offset, 42);
    listing.push(entry, Buffer.from(name));
    offset += HEADER + Buffer.byteLength(name) + bytes.length;
  }
  const list = Buffer.concat(listing);
  const end = signed('PK\x05\x06', 22, Buffer.alloc(0), 4);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...contents, list, end]);
}

function signed(signature: string, length: number, content: Buffer, at: number): Buffer {
  const record = Buffer.alloc(length);
  record.write(signature, 'latin1');
  content.copy(record, at);
  return record;
}
