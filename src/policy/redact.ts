import type { JsonObject, JsonValue } from '../lib/json.ts';
import { finish, type Steps } from '../lib/steps.ts';
import { isStandIn } from './placeholder.ts';
import { isSecretKey } from './secret-keys.ts';
import { longText, marker, type SpanFinder, spanFinder, withMarkers } from './secret-spans.ts';

/** Objects and lists nested deeper than `maxDepth` are replaced by `tooDeep`, so that nothing after this can run out of stack. */
export const maxDepth = 200;
export const tooDeep = '[too deep]';

/** As many numbers from 0 to 255 in a row under a credential's name are its bytes. */
const fewestBytes = 8;

/**
 * A copy of `value` without credentials (seed §5, §6.5): every text under a key like `token`, every one of `secrets` wherever and
 * in whatever encoding it appears, keys and numbers included, the well-known shapes of credentials, and what stands behind a name
 * in a text. Texts change in these places alone. Numbers, booleans and `null` stay whatever their key.
 * `secrets` have at least 8 characters each. Throws `TooMuchToRedact`.
 */
export function redact(value: JsonValue, secrets: readonly string[]): JsonValue {
  return finish(redactInSteps(value, secrets));
}

/** The same in steps, for a value that may be large. Nothing is cut: where a step ends makes no difference to what is found. */
export function redactInSteps(value: JsonValue, secrets: readonly string[]): Steps<JsonValue> {
  return new Redaction(spanFinder(secrets)).value(value, { depth: 0, isSecret: false });
}

/** The same of a text. */
export function redactText(text: string, secrets: readonly string[]): string {
  return withMarkers(text, spanFinder(secrets).find(text));
}

interface Place {
  readonly depth: number;
  /** Whether it stands, however deep, under a credential's name. */
  readonly isSecret: boolean;
}

/** A member costs as much as so many characters, whatever it is. */
const memberCost = 32;

/** Of one value. Only what is long takes steps: to be ready for one costs more than a short text does. */
class Redaction {
  readonly #finder: SpanFinder;
  /** Characters of short texts since the last pause, and what their members cost. */
  #sincePause = 0;

  constructor(finder: SpanFinder) {
    this.#finder = finder;
  }

  *value(value: JsonValue, place: Place): Steps<JsonValue> {
    if (typeof value === 'string' && !place.isSecret) return yield* this.#long(value);
    if (typeof value !== 'object' || value === null) return this.#short(value, place.isSecret);
    if (place.depth === maxDepth) return this.#text(tooDeep);
    const inside = { ...place, depth: place.depth + 1 };
    return Array.isArray(value) ? yield* this.#list(value, inside) : yield* this.#object(value, inside);
  }

  *#list(list: readonly JsonValue[], place: Place): Steps<JsonValue> {
    if (place.isSecret && list.length >= fewestBytes && list.every(isByte)) return marker;
    const shown: JsonValue[] = [];
    for (const [at, item] of list.entries()) {
      if (this.#isPauseDue()) yield;
      const isSecret = place.isSecret || (typeof item === 'string' && isSecretOption(list[at - 1]));
      shown.push(
        isShort(item) ? this.#short(item, isSecret) : yield* this.value(item, { ...place, isSecret }),
      );
    }
    return shown;
  }

  /** `fromEntries` defines members, so that a key `__proto__` is data here, too. Of keys that become equal the last stays. */
  *#object(object: JsonObject, place: Place): Steps<JsonValue> {
    const binary = binaryKey(object);
    const named = isNamedSecret(object);
    const isSchema = typeof object.type === 'string' && schemaTypes.has(object.type);
    const members: [key: string, value: JsonValue][] = [];
    for (const [key, value] of Object.entries(object)) {
      if (this.#isPauseDue()) yield;
      const shown = isShort(key) ? this.#text(key) : yield* this.#long(key);
      if (key === binary && typeof value === 'string' && !place.isSecret) {
        members.push([shown, yield* this.#long(value, true)]);
        continue;
      }
      const isSecret =
        (place.isSecret && !(isSchema && annotations.has(key))) ||
        isSecretKey(key) ||
        (shown !== key && isSecretKey(shown)) ||
        (named && namesOfValues.has(key));
      const inside = { ...place, isSecret };
      members.push([shown, isShort(value) ? this.#short(value, isSecret) : yield* this.value(value, inside)]);
    }
    return Object.fromEntries(members);
  }

  /** After many short members, which are not searched in steps. */
  #isPauseDue(): boolean {
    this.#sincePause += memberCost;
    if (this.#sincePause < longText) return false;
    this.#sincePause = 0;
    return true;
  }

  *#long(text: string, isBinary = false): Steps<string> {
    return withMarkers(text, yield* this.#finder.findInSteps(text, isBinary));
  }

  #short(value: JsonScalar, isSecret: boolean): JsonScalar {
    if (typeof value === 'string') return isSecret ? this.#underSecret(value) : this.#text(value);
    if (typeof value !== 'number') return value;
    const text = String(value);
    const shown = this.#text(text);
    return shown === text ? value : shown;
  }

  /** Weak ones are credentials too: only what cannot be one may be read. */
  #underSecret(text: string): string {
    return isStandIn(text) && this.#text(text) === text ? text : marker;
  }

  #text(text: string): string {
    this.#sincePause += text.length;
    return withMarkers(text, this.#finder.find(text));
  }
}

type JsonScalar = string | number | boolean | null;

function isShort(value: JsonValue): value is JsonScalar {
  return typeof value === 'string' ? value.length <= longText : typeof value !== 'object' || value === null;
}

/** `--password` in a list of arguments: the next one is its value. */
function isSecretOption(value: JsonValue | undefined): boolean {
  return typeof value === 'string' && /^--?[\w-]{2,80}$/.test(value) && isSecretKey(value);
}

function isByte(value: JsonValue): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 255;
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
