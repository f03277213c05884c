import type { Place } from './value-places.ts';

/** Whether the name is one of the headers of HTTP whose whole line is their value. */
export function isHeader(name: string): boolean {
  return /^(?:proxy-)?authorization$|^(?:set-)?cookie$/i.test(name);
}

const passwordLike = /pass|pwd|passwd|pin|otp|secret/i;

const schemes =
  /^(?:Basic|Bearer|Digest|Token|Negotiate|NTLM|ApiKey|Key|AWS4-HMAC-SHA256|SharedKey|GenieKey|Splunk)\s+/i;

/** Of a header the credentials alone: the scheme, and what stands around the value of a cookie, may be read. */
export function credentialsOf(name: string, value: string, from: number): { from: number; to: number } {
  if (/^set-cookie$/i.test(name)) {
    const [, before = '', cookie = value] = /^([^=;]*=)([^;]*)/.exec(value) ?? [];
    return { from: from + before.length, to: from + before.length + cookie.length };
  }
  const [scheme = ''] = schemes.exec(value) ?? [];
  return { from: from + scheme.length, to: from + value.trimEnd().length };
}

/** What no quotes mark as a text: numbers and words of languages, calls, members, and prose. */
export function isPlain(value: string, name: string, { mark, isJson }: Place, next: string): boolean {
  if (isHeader(name)) return isProse(value);
  if (isJson) return true;
  if (/^-?\d+(?:\.\d+)?$/.test(value)) return !(mark !== ':' && passwordLike.test(name) && value.length >= 4);
  if (next === ' ' && /^(?:await|new|async|function|typeof|yield|lambda|not)$/.test(value)) return true;
  if (mark === '=' && /^[^\s(]+$/.test(value) && next !== '(' && !member.test(value)) return false;
  if (/[([]/.test(value) || member.test(value)) return true;
  const isWord = /^[A-Za-z]+[.,:;!?]?$/.test(value);
  return isWord && next === ' ';
}

/** `process.env.TOKEN`, `config.secret`, `this.token`. */
const member = /^(?:[A-Za-z_$][A-Za-z_$]*\??\.)+[A-Za-z_$]+(?:[([].*)?$/;

/** Words in a row, none of them long enough to be a credential. */
function isProse(value: string): boolean {
  if (/^[a-z]+(?: [a-z]+)*[.:]?$/i.test(value) && value.length < 60) return true;
  return value.split(' ').length > 2 && !/[="]|\S{16}/.test(value);
}
