import { urlPassword } from './url-password.ts';

/** A shape that needs more than `shape-pattern` can say. The pattern is sticky, and its last group, if any, is what is secret. */
export interface SpecialShape {
  readonly name: string;
  /** What every match begins with. */
  readonly begins: readonly string[];
  readonly pattern: RegExp;
  /** Whether a letter or digit may stand before it. */
  readonly isInWords?: boolean;
}

/** Each is linear: what it repeats either cannot fail afterwards, or ends where it could begin again. */
export const specialShapes: readonly SpecialShape[] = [
  // Of the three lengths that OpenAI issues now, every key has its mark in the middle; other lengths are taken without.
  {
    name: 'OpenAI key',
    begins: ['sk-proj-', 'sk-svcacct-', 'sk-admin-'],
    pattern:
      /sk-(?:proj|svcacct|admin)-(?!(?:[\w-]{124}|[\w-]{140}|[\w-]{156})(?![\w-])(?<!T3BlbkFJ[\w-]{58}|T3BlbkFJ[\w-]{74}))[\w-]{20,}/y,
  },
  // Eight letters in the order of the alphabet stand in documentation: one random key in a million million has them.
  {
    name: 'OpenAI legacy key',
    begins: ['sk-'],
    pattern: /sk-(?![A-Za-z0-9]{0,60}abcdefgh)[A-Za-z0-9]{20,}/y,
  },
  // Twilio issues keys of 69 characters, and says that it makes no exceptions: their end is known wherever they begin.
  {
    name: 'SendGrid key',
    begins: ['SG.'],
    pattern: /SG\.[\w-]{22}\.[\w-]{43}/y,
    isInWords: true,
  },
  // A block without its end is secret up to the end of the text.
  {
    name: 'private key',
    begins: ['-----BEGIN '],
    pattern:
      /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?:[\s\S]*?-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|[\s\S]*)/y,
    isInWords: true,
  },
  {
    name: 'PuTTY private key',
    begins: ['PuTTY-User-Key-File-'],
    pattern:
      /PuTTY-User-Key-File-\d:[\s\S]{0,2000}?Private-Lines: \d{1,4}\s+((?:[A-Za-z0-9+/=]{1,80}\s{0,4})+)/y,
  },
  {
    name: 'bearer token',
    begins: ['Bearer', 'bearer', 'BEARER'],
    pattern: /(?:[Bb]earer|BEARER)\s{1,4}[\w.~+/=-]{20,}/y,
  },
  {
    name: 'basic authorization',
    begins: ['Basic ', 'basic '],
    pattern: /[Bb]asic (?=[a-z]*[A-Z0-9+/_=-])([A-Za-z0-9+/_-]{12,}={0,2})(?![\w-])/y,
  },
  {
    name: 'password in SQL',
    begins: ['IDENTIFIED', 'identified', 'Identified'],
    pattern: /identified\s{1,8}(?:with\s{1,8}\S{1,40}\s{1,8})?by\s{1,8}(?:password\s{1,8})?["']([^"'\n]+)/iy,
  },
  {
    name: 'password of a user in SQL',
    begins: ['PASSWORD FOR', 'password for', 'Password for'],
    pattern: /password\s{1,8}for\s{1,8}\S{1,100}\s{1,8}=\s{0,8}(?:password\()?["']([^"'\n]+)/iy,
  },
  { name: 'URL password', begins: ['://'], pattern: urlPassword, isInWords: true },
];
