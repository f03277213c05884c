import { isJsonObject, type JsonObject, type JsonValue } from '../../lib/json.ts';

interface Target {
  readonly name: string;
  readonly target: JsonValue;
  /** Where it stands, as a JSON pointer. */
  readonly at: string;
}

/** The references of one schema, all of them inside of it: each place that one leads to becomes a definition of its own. */
export class SchemaReferences {
  readonly #root: JsonObject;
  readonly #targets = new Map<string, Target>();
  readonly #waiting: Target[] = [];
  readonly #found = new Map<string, JsonObject | boolean | undefined>();

  constructor(root: JsonObject) {
    this.#root = root;
  }

  /** The reference to write for one that stands in `from`; `undefined` where it leads to no schema, or back to where it stands. */
  resolve(reference: string, from: JsonObject): string | undefined {
    const target = this.#find(reference);
    if (target === undefined || this.#isCircle(target, from)) return undefined;
    const known = this.#targets.get(reference) ?? this.#add(reference, target);
    return `#/$defs/${known.name}`;
  }

  /** The definitions that are still to be read; reading one may add others. */
  *waiting(): Generator<Target> {
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) yield next;
  }

  /** Whether a property's schema, or what it refers to, has a default. */
  hasDefault(schema: JsonValue): boolean {
    if (!isJsonObject(schema)) return false;
    if (Object.hasOwn(schema, 'default')) return true;
    const { $ref } = schema;
    const target = typeof $ref === 'string' ? this.#find($ref) : undefined;
    return isJsonObject(target ?? null) && Object.hasOwn(target as JsonObject, 'default');
  }

  #add(reference: string, target: JsonValue): Target {
    const added = { name: `r${this.#targets.size}`, target, at: reference.slice(1, 200) };
    this.#targets.set(reference, added);
    this.#waiting.push(added);
    return added;
  }

  #find(reference: string): JsonObject | boolean | undefined {
    if (!this.#found.has(reference)) this.#found.set(reference, this.#search(reference));
    return this.#found.get(reference);
  }

  #search(reference: string): JsonObject | boolean | undefined {
    if (!reference.startsWith('#')) return undefined;
    let pointer: string;
    try {
      pointer = decodeURIComponent(reference.slice(1));
    } catch {
      return undefined;
    }
    const found =
      pointer === '' || pointer.startsWith('/') ? at(this.#root, pointer) : anchored(this.#root, pointer);
    return isJsonObject(found ?? null) || typeof found === 'boolean'
      ? (found as JsonObject | boolean)
      : undefined;
  }

  /** Whether the value that is checked by `from` would be checked by `from` again, and so without end. */
  #isCircle(target: JsonValue, from: JsonObject): boolean {
    const seen = new Set<JsonValue>();
    const waiting: JsonValue[] = [target];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (next === from) return true;
      if (!isJsonObject(next) || seen.has(next)) continue;
      seen.add(next);
      const { $ref } = next;
      const referred = typeof $ref === 'string' ? this.#find($ref) : undefined;
      waiting.push(...sameValue(next), ...(referred === undefined ? [] : [referred]));
    }
    return false;
  }
}

/** Keywords whose schemas look at the same value as the schema that they stand in. */
const single: ReadonlySet<string> = new Set(['not', 'if', 'then', 'else']);
const inPlace = [...single, 'allOf', 'anyOf', 'oneOf', 'dependentSchemas', 'dependencies'];

function sameValue(schema: JsonObject): JsonValue[] {
  return inPlace.flatMap((keyword) => {
    const value = schema[keyword] ?? null;
    if (typeof value !== 'object' || value === null) return [];
    return single.has(keyword) ? [value] : Object.values(value);
  });
}

/** RFC 6901. */
function at(root: JsonValue, pointer: string): JsonValue | undefined {
  let value: JsonValue | undefined = root;
  for (const step of pointer.split('/').slice(1)) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = Reflect.get(value, name) as JsonValue;
  }
  return value;
}

/** The first schema of this name: by its anchor or, up to draft 7, by its id. */
function anchored(root: JsonValue, name: string): JsonValue | undefined {
  const waiting: JsonValue[] = [root];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    if (typeof next !== 'object' || next === null) continue;
    if (
      isJsonObject(next) &&
      (next['$anchor'] === name || next['$id'] === `#${name}` || next['id'] === `#${name}`)
    )
      return next;
    waiting.push(...Object.values(next));
  }
  return undefined;
}
