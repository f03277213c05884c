import { Buffer } from 'node:buffer';

/**
 * Base64 as key files have always been read: blanks and line ends do not count, nor do missing paddings; the URL alphabet
 * is refused. Each padding takes a byte from what the digits and paddings together amount to. `undefined` where it is none.
 */
export function decodeBase64(text: string): Buffer | undefined {
  const match = /^([A-Za-z0-9+/]*)(={0,2})$/.exec(text.replace(/[ \t\r\n]/g, ''));
  if (match === null) return undefined;
  const [, digits = '', padding = ''] = match;
  const length = Math.floor(((digits.length + padding.length) * 6) / 8) - padding.length;
  return length < 0 ? undefined : Buffer.from(digits, 'base64').subarray(0, length);
}
