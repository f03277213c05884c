import { isJsonObject, type JsonObject, type JsonValue } from '../../lib/json.ts';
import { patternFault } from './patterns.ts';
import { isNumber, type Members, members, plainKeywords } from './plain-keywords.ts';
import { SchemaReferences } from './schema-references.ts';

export interface Checkable {
  /** Nothing but keywords that Ajv compiles, with what they refer to under `$defs`. */
  readonly schema: JsonObject;
  /** What of the schema is left to its server to check, a sentence each. */
  readonly unchecked: readonly string[];
}

/** Where drafts of JSON Schema differ in more than their keywords. */
export interface Draft {
  /** Up to draft 7, what stands beside a reference says nothing. */
  readonly ignoresBesideRef: boolean;
  /** From 2020-12 on, a tuple is `prefixItems`. */
  readonly hasPrefixItems: boolean;
}

/** Sentences about one schema. */
const maxNotes = 20;

/**
 * What can be checked of a stranger's schema. Nulls are absences; what a draft, OpenAPI or a careless server writes in its own way
 * is read as it is meant; what nobody here can run (a pattern with look-ahead, a type that does not exist) is left to the server,
 * and said. What is checked refuses nothing that the server takes: below `not`, `if` and their kind a check that is missing would do
 * just that, and they are left to the server with it. A required property with a default may be absent. Nothing is put in for it:
 * what somebody approves is what is sent, and the default is the server's own.
 */
export function checkableSchema(schema: JsonObject, draft: Draft): Checkable {
  const plainly = new SchemaReader(schema, draft, false).whole();
  if (plainly.unchecked.length === 0) return plainly;
  return new SchemaReader(schema, draft, true).whole();
}

/** A schema as it was read, and whether all of it is checked. */
interface Read {
  readonly schema: JsonObject | boolean;
  readonly isWhole: boolean;
}

/** A schema that is being read. */
interface Place {
  readonly node: JsonObject;
  readonly at: string;
  readonly out: JsonObject;
  isWhole: boolean;
}

class SchemaReader {
  readonly #notes: string[] = [];
  readonly #root: JsonObject;
  readonly #draft: Draft;
  /** Something is left out, and a reference may lead to it. */
  readonly #isCautious: boolean;
  readonly #references: SchemaReferences;

  constructor(root: JsonObject, draft: Draft, isCautious: boolean) {
    this.#root = root;
    this.#draft = draft;
    this.#isCautious = isCautious;
    this.#references = new SchemaReferences(root);
  }

  whole(): Checkable {
    const read = this.#read(this.#root, '').schema;
    const definitions: JsonObject = {};
    for (const { name, target, at } of this.#references.waiting())
      definitions[name] = this.#read(target, at).schema;
    const schema = { ...(read === true ? {} : (read as JsonObject)), $defs: definitions };
    const more = this.#notes.length - maxNotes;
    const unchecked = this.#notes.slice(0, maxNotes);
    return { schema, unchecked: more > 0 ? [...unchecked, `${more} more of its parts`] : unchecked };
  }

  #read(node: JsonValue, at: string): Read {
    if (typeof node === 'boolean') return { schema: node, isWhole: true };
    if (node === null) return { schema: true, isWhole: true };
    if (!isJsonObject(node)) {
      // Some write an empty object as an empty list.
      const isEmpty = Array.isArray(node) && node.length === 0;
      if (!isEmpty) this.#note(at, 'it is no schema');
      return { schema: true, isWhole: isEmpty };
    }
    const place: Place = { node, at, out: {}, isWhole: true };
    const only =
      this.#draft.ignoresBesideRef && typeof node['$ref'] === 'string' ? ['$ref'] : Object.keys(node);
    for (const keyword of only) {
      const value = node[keyword] ?? null;
      if (value !== null || keyword === 'const') this.#keyword(place, keyword, value);
    }
    this.#conditions(place);
    return { schema: node['nullable'] === true ? orNull(place.out) : place.out, isWhole: place.isWhole };
  }

  #keyword(place: Place, keyword: string, value: JsonValue): void {
    const read = special.get(keyword);
    if (read !== undefined) return read(this, place, value, keyword);
    const isFit = plainKeywords.get(keyword);
    if (isFit === undefined) return;
    if (isFit(value)) define(place.out, keyword, value);
    else this.leave(place, keyword, `${keyword} is not what JSON Schema has there`);
  }

  /** Leaves something to the server. */
  leave(place: Place, keyword: string, why: string): void {
    place.isWhole = false;
    this.#note(keyword === '' ? place.at : `${place.at}/${segment(keyword)}`, why);
  }

  child(place: Place, value: JsonValue, ...path: string[]): Read {
    const read = this.#read(value, [place.at, ...path.map(segment)].join('/'));
    if (!read.isWhole) place.isWhole = false;
    return read;
  }

  one(place: Place, value: JsonValue, keyword: string): void {
    define(place.out, keyword, this.child(place, value, keyword).schema);
  }

  list(place: Place, value: JsonValue, keyword: string): void {
    if (!Array.isArray(value) || value.length === 0)
      return this.leave(place, keyword, 'it is no list of schemas');
    const read = value.map((one, index) => this.child(place, one, keyword, String(index)));
    const all = read.map(({ schema }) => schema);
    // Of branches that are not wholly checked more than one may seem to fit.
    if (keyword === 'oneOf' && this.#isCautious && read.some(({ isWhole }) => !isWhole)) {
      this.#note(`${place.at}/oneOf`, 'that no more than one of them fits');
      define(place.out, 'allOf', [...listOf(place.out['allOf']), { anyOf: all }]);
    } else define(place.out, keyword, keyword === 'allOf' ? [...listOf(place.out['allOf']), ...all] : all);
  }

  byName(place: Place, value: JsonValue, keyword: string): void {
    const named = members(value);
    if (named === undefined) return this.leave(place, keyword, 'it is no object of schemas');
    const kept: Members = [];
    for (const [name, one] of named) {
      const fault = keyword === 'patternProperties' ? patternFault(name) : undefined;
      if (fault !== undefined) this.leave(place, keyword, fault);
      else if (keyword === 'dependencies' && Array.isArray(one)) kept.push([name, one.filter(isText)]);
      else kept.push([name, this.child(place, one, keyword, name).schema]);
    }
    define(place.out, keyword, Object.fromEntries(kept));
  }

  /** A list here is a tuple, as it was written before 2020-12. */
  items(place: Place, value: JsonValue): void {
    if (!Array.isArray(value)) return this.one(place, value, 'items');
    const { additionalItems = null } = place.node;
    if (value.length > 0) {
      const read = value.map((one, index) => this.child(place, one, 'items', String(index)).schema);
      define(place.out, this.#draft.hasPrefixItems ? 'prefixItems' : 'items', read);
    }
    if (additionalItems === null || value.length === 0) return;
    const rest = this.child(place, additionalItems, 'additionalItems').schema;
    define(place.out, this.#draft.hasPrefixItems ? 'items' : 'additionalItems', rest);
  }

  reference(place: Place, value: JsonValue): void {
    const found = typeof value === 'string' ? this.#references.resolve(value, place.node) : undefined;
    if (found === undefined) return this.leave(place, '$ref', 'it refers to no schema, or back to itself');
    define(place.out, '$ref', found);
    if (this.#isCautious) place.isWhole = false;
  }

  required(place: Place, value: JsonValue): void {
    if (!Array.isArray(value) || !value.every(isText))
      return this.leave(place, 'required', 'it is no list of names');
    const { properties } = place.node;
    const hasDefault = (name: string): boolean =>
      isJsonObject(properties) &&
      Object.hasOwn(properties, name) &&
      this.#references.hasDefault(properties[name] ?? null);
    for (const name of value.filter(hasDefault))
      this.leave(place, 'required', `${JSON.stringify(name)} may be absent, since it has a default`);
    define(place.out, 'required', [...new Set(value.filter((name) => !hasDefault(name)))]);
  }

  pattern(place: Place, value: JsonValue): void {
    const fault = typeof value === 'string' ? patternFault(value) : 'it is no text';
    if (fault === undefined) define(place.out, 'pattern', value);
    else this.leave(place, 'pattern', fault);
  }

  /** In draft 4 it is a word about the other bound. A number that is rounded must not shut out what is just within it. */
  exclusive(place: Place, value: JsonValue, keyword: string): void {
    const inclusive = keyword === 'exclusiveMinimum' ? 'minimum' : 'maximum';
    const bound = value === true ? place.node[inclusive] : value;
    if (value === false || bound === undefined || bound === null) return;
    if (!isNumber(bound)) return this.leave(place, keyword, 'it is no number');
    if (Number.isSafeInteger(bound) || !Number.isInteger(bound)) return define(place.out, keyword, bound);
    this.leave(place, keyword, 'it is too large a number to be held exactly');
    if (!Object.hasOwn(place.node, inclusive)) define(place.out, inclusive, bound);
  }

  /** What would refuse more where something inside is not checked. */
  #conditions(place: Place): void {
    const { node, out } = place;
    if (!this.#isCautious) {
      for (const keyword of ['not', 'if', 'unevaluatedItems', 'unevaluatedProperties'])
        if ((node[keyword] ?? null) !== null) this.one(place, node[keyword] ?? true, keyword);
      return;
    }
    const isLoose = (keyword: string): boolean =>
      (node[keyword] ?? null) !== null && !this.child(place, node[keyword] ?? true, keyword).isWhole;
    const drop = (keyword: string, ...more: string[]): void => {
      for (const one of [keyword, ...more]) delete out[one];
      this.leave(place, keyword, 'what it depends on is not wholly checked');
    };
    for (const keyword of ['unevaluatedItems', 'unevaluatedProperties'])
      if ((node[keyword] ?? null) !== null) drop(keyword);
    for (const keyword of ['not', 'if']) {
      if (isLoose(keyword)) drop(keyword, ...(keyword === 'if' ? ['then', 'else'] : []));
      else if ((node[keyword] ?? null) !== null) this.one(place, node[keyword] ?? true, keyword);
    }
    if (Object.hasOwn(out, 'maxContains') && isLoose('contains')) drop('maxContains');
    const { patternProperties = null } = node;
    const names = Object.keys(isJsonObject(patternProperties) ? patternProperties : {});
    if (Object.hasOwn(out, 'additionalProperties') && names.some((name) => patternFault(name) !== undefined))
      drop('additionalProperties');
  }

  #note(at: string, why: string): void {
    const note = `${at === '' ? 'the whole' : at}: ${why}`;
    if (!this.#notes.includes(note)) this.#notes.push(note);
  }
}

type Special = (reader: SchemaReader, place: Place, value: JsonValue, keyword: string) => void;

const one: Special = (reader, place, value, keyword) => reader.one(place, value, keyword);
const list: Special = (reader, place, value, keyword) => reader.list(place, value, keyword);
const byName: Special = (reader, place, value, keyword) => reader.byName(place, value, keyword);
const exclusive: Special = (reader, place, value, keyword) => reader.exclusive(place, value, keyword);
const unsupported: Special = (reader, place, _value, keyword) =>
  reader.leave(place, keyword, `${keyword} is not followed`);

/** Keywords that hold schemas, or say something that depends on others. */
const special: ReadonlyMap<string, Special> = new Map([
  ['additionalProperties', one],
  ['propertyNames', one],
  ['contains', one],
  ['then', one],
  ['else', one],
  ['allOf', list],
  ['anyOf', list],
  ['oneOf', list],
  ['prefixItems', list],
  ['properties', byName],
  ['patternProperties', byName],
  ['dependentSchemas', byName],
  ['dependencies', byName],
  ['items', (reader, place, value) => reader.items(place, value)],
  ['$ref', (reader, place, value) => reader.reference(place, value)],
  ['$dynamicRef', unsupported],
  ['$recursiveRef', unsupported],
  ['required', (reader, place, value) => reader.required(place, value)],
  ['pattern', (reader, place, value) => reader.pattern(place, value)],
  ['exclusiveMinimum', exclusive],
  ['exclusiveMaximum', exclusive],
]);

/** OpenAPI 3.0 says of a value that it may be null as well. */
function orNull(schema: JsonObject): JsonObject {
  return { anyOf: [schema, { type: 'null' }] };
}

function listOf(value: JsonValue | undefined): JsonValue[] {
  return Array.isArray(value) ? value : [];
}

function isText(value: JsonValue): value is string {
  return typeof value === 'string';
}

/** A member like any other, also where it is called `__proto__`. */
function define(object: JsonObject, key: string, value: JsonValue): void {
  Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true });
}

function segment(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1').slice(0, 100);
}
