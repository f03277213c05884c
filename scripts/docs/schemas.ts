import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';

export interface SchemaLimit {
  /** `sessions.newSession`: the file of src/contract, and what it exports. */
  readonly schema: string;
  /** `params.name`; `·` for the value itself, `[]` for each item. */
  readonly field: string;
  readonly says: string;
}

/** What each keyword of JSON Schema bounds, in words. */
const words: Readonly<Record<string, (value: number) => string>> = {
  minLength: (value) => `at least ${value} characters`,
  maxLength: (value) => `at most ${value} characters`,
  minimum: (value) => `at least ${value}`,
  maximum: (value) => `at most ${value}`,
  minItems: (value) => `at least ${value} items`,
  maxItems: (value) => `at most ${value} items`,
};

/** What is answered, and parts that stand in each schema that holds them. */
const notAsked = /Answer$|^connector(?:Transport|Auth)?$/;

/** The bounds in the schemas that src/contract exports, those of what comes in: an integer's own range is none. */
export async function schemaLimits(root: string): Promise<SchemaLimit[]> {
  const paths = globSync('src/contract/*.ts', { cwd: root }).filter((path) => !path.endsWith('.test.ts'));
  const limits: SchemaLimit[] = [];
  for (const path of paths.toSorted()) {
    const exported: Record<string, unknown> = await import(join(root, path));
    for (const [name, schema] of Object.entries(exported)) {
      if (!(schema instanceof z.ZodType) || notAsked.test(name)) continue;
      const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
      limits.push(
        ...boundsOf(json, '').map((one) => ({ schema: `${basename(path, '.ts')}.${name}`, ...one })),
      );
    }
  }
  return limits;
}

function boundsOf(node: unknown, field: string): { field: string; says: string }[] {
  if (typeof node !== 'object' || node === null) return [];
  const schema: Record<string, unknown> = { ...node };
  const says = Object.entries(words).flatMap(([keyword, say]) => {
    const value = schema[keyword];
    return typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER ? [say(value)] : [];
  });
  const own = says.length === 0 ? [] : [{ field: field || '·', says: says.join(', ') }];
  const branches = ['anyOf', 'oneOf', 'allOf'].flatMap((keyword) => listOf(schema[keyword]));
  const properties = Object.entries(schema.properties ?? {});
  const inner = [
    ...properties.flatMap(([name, one]) => boundsOf(one, field === '' ? name : `${field}.${name}`)),
    ...branches.flatMap((one) => boundsOf(one, field)),
    ...boundsOf(schema.items, `${field}[]`),
    ...boundsOf(schema.additionalProperties, `${field}{}`),
    ...boundsOf(schema.propertyNames, `${field} names`),
  ];
  return unique([...own, ...inner]);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function unique<T extends { field: string; says: string }>(rows: readonly T[]): T[] {
  return [...new Map(rows.map((row) => [`${row.field} ${row.says}`, row])).values()];
}
