import { isJsonObject, type JsonObject, type JsonValue } from '../../lib/json.ts';
import { atPointer, fragmentOf, isPointer } from './json-pointer.ts';

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
  #anchors: ReadonlyMap<string, JsonObject> | undefined;

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
    const fragment = fragmentOf(reference);
    if (fragment === undefined) return undefined;
    const found = isPointer(fragment) ? atPointer(this.#root, fragment) : this.#anchored(fragment);
    return isJsonObject(found) || typeof found === 'boolean' ? found : undefined;
  }

  #anchored(name: string): JsonObject | undefined {
    this.#anchors ??= anchorsIn(this.#root);
    return this.#anchors.get(name);
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

/** The first schema of each name: by its anchor or, up to draft 7, by its id. All names at once: each may be referred to. */
function anchorsIn(root: JsonObject): ReadonlyMap<string, JsonObject> {
  const anchors = new Map<string, JsonObject>();
  const values: JsonValue[] = [root];
  // The list grows while it is read.
  for (const value of values) {
    if (typeof value !== 'object' || value === null) continue;
    if (isJsonObject(value))
      for (const name of namesOf(value)) if (!anchors.has(name)) anchors.set(name, value);
    for (const inner of Object.values(value)) values.push(inner);
  }
  return anchors;
}

function namesOf({ $anchor, $id, id }: JsonObject): string[] {
  const ids = [$id, id].filter((value) => typeof value === 'string' && value.startsWith('#')) as string[];
  return [...(typeof $anchor === 'string' ? [$anchor] : []), ...ids.map((value) => value.slice(1))];
}
