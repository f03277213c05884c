import { Buffer } from 'node:buffer';

/** What a reader does with bytes that are not there. */
export type Refuse = (message: string) => never;

/**
 * Reads little-endian integers and runs of bytes from the front of an input, never past its end. Each read names what
 * to say where the input is too short, so that a format's refusals stand beside its fields.
 */
export class ByteReader {
  readonly #bytes: Buffer;
  readonly #refuse: Refuse;
  #at = 0;

  constructor(bytes: Uint8Array, refuse: Refuse) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#refuse = refuse;
  }

  /** Bytes not read yet. */
  get left(): number {
    return this.#bytes.length - this.#at;
  }

  u8(otherwise: string): number {
    return this.#bytes.readUInt8(this.#take(1, otherwise));
  }

  u16(otherwise: string): number {
    return this.#bytes.readUInt16LE(this.#take(2, otherwise));
  }

  u32(otherwise: string): number {
    return this.#bytes.readUInt32LE(this.#take(4, otherwise));
  }

  u64(otherwise: string): bigint {
    return this.#bytes.readBigUInt64LE(this.#take(8, otherwise));
  }

  /** A view on the input, not a copy. */
  bytes(length: number, otherwise: string): Buffer {
    const start = this.#take(length, otherwise);
    return this.#bytes.subarray(start, start + length);
  }

  #take(length: number, otherwise: string): number {
    if (length > this.left) this.#refuse(otherwise);
    const start = this.#at;
    this.#at += length;
    return start;
  }
}

/** Little-endian integers and runs of bytes, one after the other. */
export class ByteWriter {
  readonly #parts: Uint8Array[] = [];

  u8(value: number): this {
    return this.bytes(Uint8Array.of(value));
  }

  u16(value: number): this {
    const part = Buffer.alloc(2);
    part.writeUInt16LE(value);
    return this.bytes(part);
  }

  u32(value: number): this {
    const part = Buffer.alloc(4);
    part.writeUInt32LE(value);
    return this.bytes(part);
  }

  u64(value: bigint): this {
    const part = Buffer.alloc(8);
    part.writeBigUInt64LE(value);
    return this.bytes(part);
  }

  bytes(part: Uint8Array): this {
    this.#parts.push(part);
    return this;
  }

  toBuffer(): Buffer {
    return Buffer.concat(this.#parts);
  }
}
