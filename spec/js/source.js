// Section 2 of kmq-1.md: numbers and checksums; and the fields of a file.

import { KmqError } from "./refusal.js";

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0x82f63b78 : 0);
  return crc;
});

/** CRC-32C (G-3) of bytes, or of other bytes and these, from the checksum of the others on. */
export function crc32c(bytes, before = 0) {
  let crc = ~before;
  for (let i = 0; i < bytes.length; i++) crc = (crc >>> 8) ^ CRC_TABLE[(crc ^ bytes[i]) & 0xff];
  return ~crc >>> 0;
}

/** The four bytes of each value, one after the other: what checksums begin with. */
export function u32Bytes(...values) {
  return Uint8Array.from(values.flatMap((value) => [value >>> 24, value >>> 16, value >>> 8, value]));
}

/** The fields of a file, one after the other (O-3). */
export class Source {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
    /** Where the latest field begins: the offset of a refusal. */
    this.fieldAt = 0;
  }

  refuse(reason, text) {
    throw new KmqError(reason, text, this.fieldAt);
  }

  field(length, name) {
    this.fieldAt = this.at;
    if (length > this.bytes.length - this.at) this.refuse("TRUNCATED", `the file ends in or before the ${name}`);
    this.at += length;
    return this.bytes.subarray(this.fieldAt, this.at);
  }

  u32(name) {
    return u32(this.field(4, name), 0);
  }

  u16(name) {
    const [high, low] = this.field(2, name);
    return (high << 8) | low;
  }

  /** How many bytes take the place of `whole` ones: in one byte where that is enough (P-8, H-14). */
  lengthInsteadOf(whole, name) {
    return whole <= 256 ? this.field(1, name)[0] : this.u16(name);
  }

  /** Reads the checksum of some values as u32 and everything from an offset to here. */
  checksum(from, reason, name, ...values) {
    const computed = crc32c(this.bytes.subarray(from, this.at), crc32c(u32Bytes(...values)));
    if (this.u32(`checksum of ${name}`) !== computed) this.refuse(reason, `wrong checksum of ${name}`);
  }
}

export function u32(bytes, at) {
  return ((bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3]) >>> 0;
}
