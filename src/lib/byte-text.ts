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
  for (let at = 0; at < buffer.length; ) {
    const width = characterWidth(buffer, at);
    text +=
      width === 0 ? String.fromCharCode(0xdc00 + (buffer[at] ?? 0)) : buffer.toString('utf8', at, at + width);
    at += Math.max(width, 1);
  }
  return text;
}

/** How many bytes the character that begins here has; 0 where none does. */
function characterWidth(buffer: Buffer, at: number): number {
  const widths = [1, 2, 3, 4];
  return widths.find((width) => at + width <= buffer.length && isUtf8(buffer.subarray(at, at + width))) ?? 0;
}

function bytesOfCharacter(character: string): Buffer {
  const code = character.codePointAt(0) ?? 0;
  return code >= 0xdc80 && code <= 0xdcff ? Buffer.of(code - 0xdc00) : Buffer.from(character, 'utf8');
}
