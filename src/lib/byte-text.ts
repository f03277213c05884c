import { Buffer, isUtf8 } from 'node:buffer';

/**
 * Bytes that should be UTF-8, as a text that loses none of them: a byte that is none becomes a lone surrogate, U+DC80 to
 * U+DCFF, as PEP 383 has it. `isWellFormed()` tells whether the bytes were UTF-8.
 */
export function textOfBytes(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return isUtf8(buffer) ? buffer.toString('utf8') : escaped(buffer);
}

/** The bytes again. A surrogate that stands for no byte becomes U+FFFD. */
export function bytesOfText(text: string): Buffer {
  if (text.isWellFormed()) return Buffer.from(text, 'utf8');
  return Buffer.concat(Array.from(text, bytesOfCharacter));
}

function escaped(buffer: Buffer): string {
  let text = '';
  let run = 0;
  for (let at = 0; at < buffer.length; ) {
    const width = characterWidth(buffer, at);
    if (width === 0) {
      text += buffer.toString('utf8', run, at) + String.fromCharCode(0xdc00 + (buffer[at] ?? 0));
      run = at + 1;
    }
    at += Math.max(width, 1);
  }
  return text + buffer.toString('utf8', run);
}

/** The first bytes of a character of more than one byte, what its second byte may be, and how many there are (RFC 3629). */
const leads: readonly (readonly [from: number, to: number, least: number, most: number, width: number])[] = [
  [0xc2, 0xdf, 0x80, 0xbf, 2],
  [0xe0, 0xe0, 0xa0, 0xbf, 3],
  [0xe1, 0xec, 0x80, 0xbf, 3],
  [0xed, 0xed, 0x80, 0x9f, 3],
  [0xee, 0xef, 0x80, 0xbf, 3],
  [0xf0, 0xf0, 0x90, 0xbf, 4],
  [0xf1, 0xf3, 0x80, 0xbf, 4],
  [0xf4, 0xf4, 0x80, 0x8f, 4],
];

const leadOf = Array.from({ length: 256 }, (_, byte) =>
  leads.find(([from, to]) => byte >= from && byte <= to),
);

/** How many bytes the character that begins here has; 0 where none does. */
function characterWidth(buffer: Buffer, at: number): number {
  const first = buffer[at] ?? 0;
  if (first < 0x80) return 1;
  const lead = leadOf[first];
  if (lead === undefined) return 0;
  const [, , least, most, width] = lead;
  const second = buffer[at + 1] ?? 0;
  if (second < least || second > most) return 0;
  for (let next = at + 2; next < at + width; next++) if (((buffer[next] ?? 0) & 0xc0) !== 0x80) return 0;
  return width;
}

function bytesOfCharacter(character: string): Buffer {
  const code = character.codePointAt(0) ?? 0;
  return code >= 0xdc80 && code <= 0xdcff ? Buffer.of(code - 0xdc00) : Buffer.from(character, 'utf8');
}
