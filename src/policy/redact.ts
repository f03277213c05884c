import { type JsonObject, type JsonValue, parseJson } from '../lib/json.ts';
import { isSecretKey } from './secret-keys.ts';
import { marker, spanFinder, withMarkers } from './secret-spans.ts';

/** Objects and lists nested deeper than `maxDepth` are replaced by `tooDeep`, so that nothing after this can run out of stack. */
export const maxDepth = 200;
export const tooDeep = '[too deep]';

type RedactText = (text: string) => string;

/**
 * A copy of `value` without credentials (seed §5, §6.5): whatever stands under a key like `token`, every one of `secrets`
 * wherever and in whatever encoding it appears, keys and numbers included, and the well-known shapes of credentials; also
 * in JSON that stands inside a text.
 * `null` under such a key stays: that there is none is no secret. `secrets` have at least 8 characters each.
 */
export function redact(value: JsonValue, secrets: readonly string[]): JsonValue {
  return redactValue(value, textRedactor(secrets), 0);
}

/** The same of a text, which has no keys. */
export function redactText(text: string, secrets: readonly string[]): string {
  return textRedactor(secrets)(text);
}

function redactValue(value: JsonValue, redactText: RedactText, depth: number): JsonValue {
  if (typeof value === 'string') return redactString(value, redactText, depth);
  if (typeof value === 'number') return redactNumber(value, redactText);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === maxDepth) return redactText(tooDeep);
  if (Array.isArray(value)) return value.map((item) => redactValue(item, redactText, depth + 1));
  return redactObject(value, redactText, depth);
}

/** Tools like to answer JSON inside a text; its keys tell as much as any. Text that need not change stays as it came. */
function redactString(text: string, redactText: RedactText, depth: number): string {
  const inner = depth < maxDepth ? embeddedJson(text) : undefined;
  if (inner === undefined) return redactText(text);
  const shown = redactValue(inner, redactText, depth + 1);
  return redactText(isSame(shown, inner) ? text : JSON.stringify(shown));
}

/** Goes no deeper than the redacted one does: the other may be nested deeper than a stack reaches. */
function isSame(shown: JsonValue, inner: JsonValue): boolean {
  if (typeof shown !== 'object' || shown === null) return Object.is(shown, inner);
  if (typeof inner !== 'object' || inner === null || Array.isArray(shown) !== Array.isArray(inner))
    return false;
  const keys = Object.keys(shown);
  const others = Object.keys(inner);
  if (keys.length !== others.length) return false;
  return keys.every(
    (key, at) => key === others[at] && isSame(Reflect.get(shown, key), Reflect.get(inner, key)),
  );
}

function embeddedJson(text: string): JsonValue | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/** `fromEntries` defines members, so that a key `__proto__` is data here, too. Of keys that become equal the last stays. */
function redactObject(object: JsonObject, redactText: RedactText, depth: number): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => {
      const shown = redactText(key);
      const isSecret = isSecretKey(key) || (shown !== key && isSecretKey(shown));
      if (isSecret) return [shown, value === null ? null : marker];
      return [shown, redactValue(value, redactText, depth + 1)];
    }),
  );
}

function redactNumber(value: number, redactText: RedactText): JsonValue {
  const text = String(value);
  const shown = redactText(text);
  return shown === text ? value : shown;
}

function textRedactor(secrets: readonly string[]): RedactText {
  const find = spanFinder(secrets);
  return (text) => withMarkers(text, find(text));
}
