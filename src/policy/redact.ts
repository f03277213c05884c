import type { JsonObject, JsonValue } from '../lib/json.ts';
import { isStandIn } from './placeholder.ts';
import { isSecretKey } from './secret-keys.ts';
import { marker, spanFinder, withMarkers } from './secret-spans.ts';

/** Objects and lists nested deeper than `maxDepth` are replaced by `tooDeep`, so that nothing after this can run out of stack. */
export const maxDepth = 200;
export const tooDeep = '[too deep]';

type RedactText = (text: string, isBinary?: boolean) => string;

/** As many numbers from 0 to 255 in a row under a credential's name are its bytes. */
const fewestBytes = 8;

/**
 * A copy of `value` without credentials (seed §5, §6.5): every text under a key like `token`, every one of `secrets` wherever and
 * in whatever encoding it appears, keys and numbers included, the well-known shapes of credentials, and what stands behind a name
 * in a text. Texts change in these places alone. Numbers, booleans and `null` stay whatever their key.
 * `secrets` have at least 8 characters each. Throws `TooMuchToRedact`.
 */
export function redact(value: JsonValue, secrets: readonly string[]): JsonValue {
  return redactValue(value, textRedactor(secrets), { depth: 0, isSecret: false });
}

/** The same of a text. */
export function redactText(text: string, secrets: readonly string[]): string {
  return textRedactor(secrets)(text);
}

interface Place {
  readonly depth: number;
  /** Whether it stands, however deep, under a credential's name. */
  readonly isSecret: boolean;
}

function redactValue(value: JsonValue, redactText: RedactText, place: Place): JsonValue {
  if (typeof value === 'string') return place.isSecret ? underSecret(value, redactText) : redactText(value);
  if (typeof value === 'number') return redactNumber(value, redactText);
  if (typeof value !== 'object' || value === null) return value;
  if (place.depth === maxDepth) return redactText(tooDeep);
  const inside = { ...place, depth: place.depth + 1 };
  if (!Array.isArray(value)) return redactObject(value, redactText, inside);
  if (place.isSecret && value.length >= fewestBytes && value.every(isByte)) return marker;
  return value.map((item, at) => {
    const isSecret = place.isSecret || (typeof item === 'string' && isSecretOption(value[at - 1]));
    return redactValue(item, redactText, { ...inside, isSecret });
  });
}

/** `--password` in a list of arguments: the next one is its value. */
function isSecretOption(value: JsonValue | undefined): boolean {
  return typeof value === 'string' && /^--?[\w-]{2,80}$/.test(value) && isSecretKey(value);
}

/** Weak ones are credentials too: only what cannot be one may be read. */
function underSecret(text: string, redactText: RedactText): string {
  return isStandIn(text) && redactText(text) === text ? text : marker;
}

function isByte(value: JsonValue): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 255;
}

/** `fromEntries` defines members, so that a key `__proto__` is data here, too. Of keys that become equal the last stays. */
function redactObject(object: JsonObject, redactText: RedactText, place: Place): JsonObject {
  const binary = binaryKey(object);
  const named = isNamedSecret(object);
  const isSchema = typeof object.type === 'string' && schemaTypes.has(object.type);
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => {
      const shown = redactText(key);
      if (key === binary && typeof value === 'string' && !place.isSecret)
        return [shown, redactText(value, true)];
      const isSecret =
        (place.isSecret && !(isSchema && annotations.has(key))) ||
        isSecretKey(key) ||
        (shown !== key && isSecretKey(shown)) ||
        (named && namesOfValues.has(key));
      return [shown, redactValue(value, redactText, { ...place, isSecret })];
    }),
  );
}

/** The member that holds binary content in base64: of an image or a sound, and of a resource (MCP, content blocks). */
function binaryKey({ type, mimeType, data, blob }: JsonObject): string | undefined {
  if (typeof blob === 'string') return 'blob';
  const isContent = type === 'image' || type === 'audio' || typeof mimeType === 'string';
  return isContent && typeof data === 'string' ? 'data' : undefined;
}

/** What JSON Schema says about a value, which is not the value. */
const annotations: ReadonlySet<string> = new Set(['title', 'description', 'format', 'pattern', '$ref']);
const schemaTypes: ReadonlySet<string> = new Set([
  'string',
  'number',
  'integer',
  'boolean',
  'object',
  'array',
]);

/** Members that say what the value beside them is called: `{"name":"DB_PASSWORD","value":…}`, as lists of variables and headers have it. */
export const namesOfNames: ReadonlySet<string> = new Set([
  'name',
  'key',
  'Name',
  'Key',
  'header',
  'variable',
]);
/** Members that hold that value. */
export const namesOfValues: ReadonlySet<string> = new Set([
  'value',
  'Value',
  'val',
  'stringValue',
  'content',
]);

function isNamedSecret(object: JsonObject): boolean {
  return namesOfNames.values().some((key) => namesSecretValue(object[key]));
}

/** Whether a value that is called so is a secret. */
export function namesSecretValue(name: JsonValue | undefined): boolean {
  return typeof name === 'string' && name.length <= longestName && isSecretKey(name);
}

/** UTF-16 units of a value that may be a name. */
const longestName = 80;

function redactNumber(value: number, redactText: RedactText): JsonValue {
  const text = String(value);
  const shown = redactText(text);
  return shown === text ? value : shown;
}

function textRedactor(secrets: readonly string[]): RedactText {
  const find = spanFinder(secrets);
  return (text, isBinary) => withMarkers(text, find(text, isBinary));
}
