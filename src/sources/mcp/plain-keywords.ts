import { isJsonObject, type JsonValue } from '../../lib/json.ts';

export type Members = [name: string, value: JsonValue][];

const types: ReadonlySet<JsonValue> = new Set([
  'array',
  'boolean',
  'integer',
  'null',
  'number',
  'object',
  'string',
]);

/** Keywords that hold no schemas → whether a value is one that Ajv can compile. */
export const plainKeywords: ReadonlyMap<string, (value: JsonValue) => boolean> = new Map(
  Object.entries<(value: JsonValue) => boolean>({
    type: (value) => types.has(value) || (isFilled(value) && value.every((one) => types.has(one))),
    enum: isFilled,
    const: () => true,
    minimum: isNumber,
    maximum: isNumber,
    multipleOf: (value) => isNumber(value) && value > 0,
    minLength: isCount,
    maxLength: isCount,
    minItems: isCount,
    maxItems: isCount,
    minContains: isCount,
    maxContains: isCount,
    minProperties: isCount,
    maxProperties: isCount,
    uniqueItems: (value) => typeof value === 'boolean',
    dependentRequired: (value) =>
      isJsonObject(value) &&
      Object.values(value).every(
        (names) => Array.isArray(names) && names.every((name) => typeof name === 'string'),
      ),
  }),
);

/** One that is out of range bounds nothing. */
export function isNumber(value: JsonValue): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

/** Of an object, or of the empty list that PHP writes for an object without members. */
export function members(value: JsonValue): Members | undefined {
  if (isJsonObject(value)) return Object.entries(value);
  return Array.isArray(value) && value.length === 0 ? [] : undefined;
}

function isFilled(value: JsonValue): value is JsonValue[] {
  return Array.isArray(value) && value.length > 0;
}

function isCount(value: JsonValue): boolean {
  return isNumber(value) && Number.isInteger(value) && value >= 0;
}
