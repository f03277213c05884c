import { isJsonObject, type JsonObject, type JsonValue } from '../lib/json.ts';

/** What a place in a JSON Schema holds: a schema (or a list of them), schemas by name, or plain data. */
type Holds = 'schema' | 'schemas by name' | 'data';

interface Part {
  readonly value: JsonValue;
  readonly holds: Holds;
  /** The order of its items says nothing. */
  readonly isSet?: boolean;
}

/** They tell of a tool without changing what it takes (seed §2.3). */
const ignoredKeywords: ReadonlySet<string> = new Set(['description', 'default', 'enum']);

/**
 * The JSON Schema keywords (draft 4 to 2020-12) with schemas inside. Below any other keyword everything is data and
 * counts, so that an unknown keyword makes drift more likely, never less.
 */
const keywords: ReadonlyMap<string, Holds> = new Map<string, Holds>([
  ...names(
    'schema',
    'additionalItems additionalProperties allOf anyOf contains contentSchema else if items not',
  ),
  ...names('schema', 'oneOf prefixItems propertyNames then unevaluatedItems unevaluatedProperties'),
  ...names('schemas by name', '$defs definitions dependencies dependentSchemas patternProperties properties'),
]);

/** Keywords whose arrays are sets: their order says nothing (JSON Schema 2020-12, validation, 6.1 and 6.5). */
const sets: ReadonlySet<string> = new Set(['required', 'type', 'enum', 'dependentRequired', 'dependencies']);

/**
 * How a definition is written, for its hash. By the first, the order of a set counts; what was pinned by it is compared by it
 * until somebody reviews again.
 */
export type DriftVersion = 1 | 2;

/**
 * The canonical text of a tool's definition, whose SHA-256 a review stores: JSON of its id and input schema, keys
 * sorted, without the keywords `description`, `default` and `enum` (seed §2.3). Any nesting is taken.
 */
export function definitionText(actionId: string, inputSchema: JsonObject, version: DriftVersion = 2): string {
  const rules: Rules = {
    ignored: reachesIgnored(inputSchema) ? none : ignoredKeywords,
    sets: version === 1 ? none : sets,
  };
  return `{"id":${JSON.stringify(actionId)},"inputSchema":${schemaText(inputSchema, rules)}}`;
}

/** Whether a tool is another than the reviewed one. What nobody has reviewed has not drifted (seed, "Things Agents Get Wrong"). */
export function isDrifted(reviewedHash: string | null, currentHash: string): boolean {
  return reviewedHash !== null && reviewedHash !== currentHash;
}

/** All of a schema in the same way, nothing left out: what a person reads of it. */
export function wholeSchemaText(inputSchema: JsonObject): string {
  return schemaText(inputSchema, { ignored: none, sets });
}

interface Rules {
  readonly ignored: ReadonlySet<string>;
  readonly sets: ReadonlySet<string>;
}

const none: ReadonlySet<string> = new Set();
const references: ReadonlySet<string> = new Set(['$ref', '$dynamicRef', '$recursiveRef']);

/**
 * Whether a reference may lead into an ignored keyword: what stands there then says what the tool takes. A reference that is
 * no plain way down from the root could lead anywhere.
 */
function reachesIgnored(schema: JsonObject): boolean {
  const waiting: JsonValue[] = [schema];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    for (const [key, value] of Object.entries(next)) {
      if (references.has(key) && typeof value === 'string' && mayReachIgnored(value)) return true;
      waiting.push(value);
    }
  }
  return false;
}

function mayReachIgnored(reference: string): boolean {
  if (reference === '#') return false;
  if (!reference.startsWith('#/')) return true;
  try {
    const steps = decodeURIComponent(reference.slice(2)).split('/');
    return steps.some((step) => ignoredKeywords.has(step.replaceAll('~1', '/').replaceAll('~0', '~')));
  } catch {
    return true;
  }
}

/** The stack is a list: a stranger chooses how deep a schema is, and cutting it off would hide a change below. */
function schemaText(schema: JsonObject, rules: Rules): string {
  const written: string[] = [];
  const waiting: (string | Part)[] = [{ value: schema, holds: 'schema' }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next === 'string') written.push(next);
    else for (const piece of pieces(next, rules).toReversed()) waiting.push(piece);
  }
  return written.join('');
}

/** A value's JSON in order, one level of it: text, and the parts still to write. */
function pieces({ value, holds, isSet }: Part, rules: Rules): (string | Part)[] {
  if (Array.isArray(value)) {
    if (isSet && value.every((item) => typeof item !== 'object'))
      return [
        `[${value
          .map((item) => JSON.stringify(item))
          .toSorted()
          .join(',')}]`,
      ];
    const inner: Holds = holds === 'schema' ? 'schema' : 'data';
    return ['[', ...value.flatMap((item, at) => [comma(at), { value: item, holds: inner }]), ']'];
  }
  if (!isJsonObject(value)) return [JSON.stringify(value)];
  const members = countedMembers(value, holds, rules, isSet);
  return ['{', ...members.flatMap(([key, part], at) => [`${comma(at)}${JSON.stringify(key)}:`, part]), '}'];
}

/** Sorted by UTF-16 units. A property may be named `default`: only a schema's own members are keywords. */
function countedMembers(object: JsonObject, holds: Holds, rules: Rules, isSet = false): [string, Part][] {
  const entries = Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1));
  if (holds !== 'schema') {
    const inner: Holds = holds === 'schemas by name' ? 'schema' : 'data';
    return entries.map(([key, value]) => [key, { value, holds: inner, isSet }]);
  }
  return entries
    .filter(([key]) => !rules.ignored.has(key))
    .map(([key, value]) => [key, { value, holds: keywords.get(key) ?? 'data', isSet: rules.sets.has(key) }]);
}

function comma(at: number): string {
  return at === 0 ? '' : ',';
}

function names(holds: Holds, list: string): [string, Holds][] {
  return list.split(' ').map((name) => [name, holds]);
}
