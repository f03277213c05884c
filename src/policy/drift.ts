import { isJsonObject, type JsonObject, type JsonValue } from '../lib/json.ts';

/** What a place in a JSON Schema holds: a schema (or a list of them), schemas by name, or plain data. */
type Holds = 'schema' | 'schemas by name' | 'data';

interface Part {
  readonly value: JsonValue;
  readonly holds: Holds;
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

/**
 * The canonical text of a tool's definition, whose SHA-256 a review stores: JSON of its id and input schema, keys
 * sorted, without the keywords `description`, `default` and `enum` (seed §2.3). Any nesting is taken.
 */
export function definitionText(actionId: string, inputSchema: JsonObject): string {
  return `{"id":${JSON.stringify(actionId)},"inputSchema":${schemaText(inputSchema)}}`;
}

/** Whether a tool is another than the reviewed one. What nobody has reviewed has not drifted (seed, "Things Agents Get Wrong"). */
export function isDrifted(reviewedHash: string | null, currentHash: string): boolean {
  return reviewedHash !== null && reviewedHash !== currentHash;
}

/** The stack is a list: a stranger chooses how deep a schema is, and cutting it off would hide a change below. */
function schemaText(schema: JsonObject): string {
  const written: string[] = [];
  const waiting: (string | Part)[] = [{ value: schema, holds: 'schema' }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next === 'string') written.push(next);
    else for (const piece of pieces(next).toReversed()) waiting.push(piece);
  }
  return written.join('');
}

/** A value's JSON in order, one level of it: text, and the parts still to write. */
function pieces({ value, holds }: Part): (string | Part)[] {
  if (Array.isArray(value)) {
    const inner: Holds = holds === 'schema' ? 'schema' : 'data';
    return ['[', ...value.flatMap((item, at) => [comma(at), { value: item, holds: inner }]), ']'];
  }
  if (!isJsonObject(value)) return [JSON.stringify(value)];
  const members = countedMembers(value, holds);
  return ['{', ...members.flatMap(([key, part], at) => [`${comma(at)}${JSON.stringify(key)}:`, part]), '}'];
}

/** Sorted by UTF-16 units. A property may be named `default`: only a schema's own members are keywords. */
function countedMembers(object: JsonObject, holds: Holds): [string, Part][] {
  const entries = Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1));
  if (holds !== 'schema') {
    const inner: Holds = holds === 'schemas by name' ? 'schema' : 'data';
    return entries.map(([key, value]) => [key, { value, holds: inner }]);
  }
  return entries
    .filter(([key]) => !ignoredKeywords.has(key))
    .map(([key, value]) => [key, { value, holds: keywords.get(key) ?? 'data' }]);
}

function comma(at: number): string {
  return at === 0 ? '' : ',';
}

function names(holds: Holds, list: string): [string, Holds][] {
  return list.split(' ').map((name) => [name, holds]);
}
