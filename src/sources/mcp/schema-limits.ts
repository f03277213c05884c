import type { JsonObject, JsonValue } from '../../lib/json.ts';

/** A stranger's schema, or a value for it, that would cost too much or refers to something outside it. */
export class SchemaError extends Error {}

/** Bytes of a tool's schema. */
const maxBytes = 65_536;
/** Levels of a tool's schema. */
const maxDepth = 32;
/** JSON values that a tool's schema is made of, but for the texts and numbers of an `enum`. */
const maxNodes = 2000;

/**
 * Measures a schema without trusting it: how many JSON values it is made of. Refuses what is too large (64 KiB, 32 levels,
 * 2,000 values), or refers outside of itself. Throws `SchemaError`.
 */
export function measureSchema(schema: JsonObject): number {
  const nodes = count(schema, 0, 0);
  if (Buffer.byteLength(JSON.stringify(schema)) > maxBytes)
    throw new SchemaError(`it is larger than ${maxBytes} bytes`);
  return nodes;
}

/** Depth is bounded here, so that nothing that recurses over the schema later can exhaust the stack. */
function count(node: JsonValue, depth: number, before: number): number {
  let nodes = before + 1;
  if (nodes > maxNodes) throw new SchemaError(`it has more than ${maxNodes} values`);
  if (depth > maxDepth) throw new SchemaError(`it is deeper than ${maxDepth} levels`);
  if (typeof node !== 'object' || node === null) return nodes;
  for (const [key, value] of Object.entries(node)) {
    if (!Array.isArray(node)) refuseReference(key, value);
    // Every time zone, every currency: choices cost their bytes, and no more however many they are.
    const counted =
      key === 'enum' && Array.isArray(value) ? value.filter((one) => typeof one === 'object') : value;
    nodes = count(counted, depth + 1, nodes);
  }
  return nodes;
}

/** Only a text is a reference: a property may well be named `$ref`. */
function refuseReference(key: string, value: JsonValue): void {
  if (typeof value !== 'string') return;
  if (key === '$ref' && !value.startsWith('#'))
    throw new SchemaError('it refers to a schema outside of itself');
  if (key === '$ref' && leavesSchemas(value))
    throw new SchemaError('it refers to something in itself that is no schema');
}

const namesOfSchemas: ReadonlySet<string> = new Set([
  'properties',
  'patternProperties',
  'dependentSchemas',
  '$defs',
  'definitions',
]);
const data: ReadonlySet<string> = new Set(['default', 'enum', 'const', 'examples', 'description']);

/** A pointer into data would make a schema of what a review does not pin. */
function leavesSchemas(pointer: string): boolean {
  const segments = pointer.slice(1).split('/').slice(1);
  return segments.some(
    (segment, index) => data.has(segment) && !namesOfSchemas.has(segments[index - 1] ?? ''),
  );
}

/** Levels of the params of a tool. */
const maxValueDepth = 64;
/** Characters that cost about as much as one more value. */
const charactersPerUnit = 16;
/** The weight of a value times the values of its schema: about a third of a second at worst. */
const maxWork = 20_000_000;

/** Refuses a value that a schema of so many values would check for too long. Throws `SchemaError`. */
export function refuseCostlyValue(value: JsonValue, schemaNodes: number): void {
  if (workOf(value, schemaNodes) > maxWork) throw new SchemaError('is too large for this schema');
}

/** What checking a value against a schema of so many values may take, in steps of a few nanoseconds. Throws `SchemaError` for a value that is too deep. */
export function workOf(value: JsonValue, schemaNodes: number): number {
  return weigh(value, 0) * schemaNodes;
}

function weigh(value: JsonValue, depth: number): number {
  if (depth > maxValueDepth) throw new SchemaError(`is deeper than ${maxValueDepth} levels`);
  if (typeof value === 'string') return 1 + value.length / charactersPerUnit;
  if (typeof value !== 'object' || value === null) return 1;
  let weight = 1;
  for (const inner of Object.values(value)) weight += weigh(inner, depth + 1);
  return weight;
}

/** Steps of about ten nanoseconds that one check of params against a schema may cost. */
const maxCheckSteps = 4_000_000;

/** What one check may still cost, in steps. */
export class Budget {
  #left = 0;

  refill(): void {
    this.#left = maxCheckSteps;
  }

  /** Throws `SchemaError` once nothing is left. */
  spend(steps: number): void {
    this.#left -= steps;
    if (this.#left < 0) throw new SchemaError('takes too long to check against this schema');
  }
}
