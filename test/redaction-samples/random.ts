// Random values that a seed alone decides, and the small language in which the tables of samples say how a value is made:
// `glpat-{url:20}` is "glpat-" and twenty characters of base64url. So no file here holds anything that looks like a
// credential to a scanner of repositories.
import { crc32 } from 'node:zlib';
import { mulberry32 } from '../../scripts/shuffle.ts';

export interface Random {
  /** A whole number from `least` up to `most`, both included. */
  readonly int: (least: number, most: number) => number;
  readonly pick: <T>(items: readonly T[]) => T;
  /** What the pattern describes; see `parts` and `alphabets`. A part that is not known throws. */
  readonly fill: (pattern: string) => string;
}

const digits = '0123456789';
const lower = 'abcdefghijklmnopqrstuvwxyz';
const upper = lower.toUpperCase();

/** `{name:length}` or `{name:least-most}` takes so many characters of the alphabet. */
const alphabets: Record<string, string> = {
  digits,
  lower,
  upper,
  hex: `${digits}abcdef`,
  HEX: `${digits}ABCDEF`,
  low36: digits + lower,
  up36: digits + upper,
  alpha: lower + upper,
  b32: `${upper}234567`,
  b62: digits + upper + lower,
  b64: `${digits}${upper}${lower}+/`,
  url: `${digits}${upper}${lower}-_`,
  bech32: 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L',
};

const words =
  'amber basket cedar dolphin ember falcon garnet harbor island juniper kettle lantern meadow nectar'
    .split(' ')
    .concat('orchid pebble quartz ribbon saddle timber umbrella velvet walnut yonder zephyr'.split(' '));

/** `{name}` and `{name:argument}`; `before` is what the pattern has given so far. */
const parts: Record<string, (random: Random, before: string, argument: string) => string> = {
  uuid: ({ fill, pick }) => fill(`{hex:8}-{hex:4}-4{hex:3}-${pick(['8', '9', 'a', 'b'])}{hex:3}-{hex:12}`),
  word: ({ pick }) => pick(words),
  Word: ({ pick }) => capital(pick(words)),
  /** base64url of the text, in which parts may stand as `<name:length>`. */
  base64url: ({ fill }, _before, text) => Buffer.from(fill(inner(text))).toString('base64url'),
  base64: ({ fill }, _before, text) => Buffer.from(fill(inner(text))).toString('base64'),
  /** Six characters in base 62: the CRC-32 of what follows the last underscore, as GitHub and npm end their tokens. */
  crc62: (_random, before) => base62(crc32(before.slice(before.lastIndexOf('_') + 1))).padStart(6, '0'),
  /** Eight hexadecimal digits: the CRC-32 of what follows the last underscore. */
  crc16: (_random, before) =>
    crc32(before.slice(before.lastIndexOf('_') + 1))
      .toString(16)
      .padStart(8, '0'),
  jwt: ({ fill }) =>
    [
      Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url'),
      Buffer.from(JSON.stringify({ sub: fill('{int:100000-999999}'), name: fill('{Word} {Word}') })).toString(
        'base64url',
      ),
      fill('{url:43}'),
    ].join('.'),
  date: ({ int }) => day(int),
  time: ({ int }) => `${day(int)}T${two(int(0, 23))}:${two(int(0, 59))}:${two(int(0, 59))}.${int(100, 999)}Z`,
  int: ({ int }, _before, range) => String(int(...rangeOf(range))),
};

export function randomFrom(seed: number): Random {
  const next = mulberry32(seed);
  const int = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  const pick = <T>(items: readonly T[]): T => {
    const item = items[int(0, items.length - 1)];
    if (item === undefined) throw new RangeError('there is nothing to pick from');
    return item;
  };
  const fill = (pattern: string): string => {
    let text = '';
    let at = 0;
    for (const match of pattern.matchAll(/\{(\w+)(?::([^{}]*))?\}/g)) {
      text += pattern.slice(at, match.index);
      text += made(match[1] ?? '', match[2] ?? '', text);
      at = match.index + match[0].length;
    }
    return text + pattern.slice(at);
  };
  const made = (name: string, argument: string, before: string): string => {
    const part = parts[name];
    if (part !== undefined) return part(random, before, argument);
    const alphabet = alphabets[name];
    if (alphabet === undefined)
      throw new RangeError(`no part of a pattern is called ${JSON.stringify(name)}`);
    const length = int(...rangeOf(argument));
    return Array.from({ length }, () => alphabet.charAt(int(0, alphabet.length - 1))).join('');
  };
  const random: Random = { int, pick, fill };
  return random;
}

export function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

function inner(text: string): string {
  return text.replaceAll('<', '{').replaceAll('>', '}');
}

/** "20" is [20, 20], "20-40" is [20, 40]. */
function rangeOf(range: string): [least: number, most: number] {
  const [from = '1', to = from] = range.split('-');
  return [Number(from), Number(to)];
}

function day(int: Random['int']): string {
  return `${int(2019, 2026)}-${two(int(1, 12))}-${two(int(1, 28))}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function base62(value: number): string {
  const alphabet = alphabets['b62'] ?? '';
  return value < 62 ? alphabet.charAt(value) : base62(Math.floor(value / 62)) + alphabet.charAt(value % 62);
}
