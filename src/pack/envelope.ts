import { bytesOfText } from '../lib/byte-text.ts';
import { ByteReader, ByteWriter } from '../lib/bytes.ts';
import { refusing } from './errors.ts';

/** A payload and the signature over it: a `.sap` file, and what is sent. */
export interface Envelope {
  readonly payload: Uint8Array;
  /** ECDSA over P-256 and SHA-256, DER. */
  readonly signature: Uint8Array;
}

const magic = bytesOfText('SAP1');
/** Magic and the two lengths. */
const smallest = 12;
const refuse = refusing('bad_envelope');

/** Throws `bad_envelope` where the payload or the signature is empty. */
export function encodeEnvelope({ payload, signature }: Envelope): Buffer {
  if (payload.length === 0) refuse('empty payload');
  if (signature.length === 0) refuse('empty signature');
  const writer = new ByteWriter().bytes(magic);
  return writer.u32(payload.length).bytes(payload).u32(signature.length).bytes(signature).toBuffer();
}

/** The parts are views on the bytes. Throws `bad_envelope`; an empty part passes, and is refused when it is read. */
export function decodeEnvelope(bytes: Uint8Array): Envelope {
  if (bytes.length < smallest) refuse('envelope too small');
  const read = new ByteReader(bytes, refuse);
  if (!magic.equals(read.bytes(4, 'envelope truncated'))) refuse('bad envelope magic');
  const payload = read.bytes(read.u32('envelope truncated'), 'envelope truncated');
  const signature = read.bytes(read.u32('envelope truncated'), 'envelope truncated');
  if (read.left > 0) refuse('envelope truncated');
  return { payload, signature };
}
