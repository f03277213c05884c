import { z } from 'zod';
import type { OmittedTool } from '../../contract/connectors.ts';
import { isJsonObject, type JsonObject } from '../../lib/json.ts';
import type { ParamsSchema } from '../action-source.ts';
import { checkedAside } from './check-aside.ts';
import { cleanText, isVisibleName } from './clean-text.ts';
import { paramsSchema } from './params-schema.ts';
import { PatternBudget } from './schema-cost.ts';
import { SchemaError } from './schema-limits.ts';

/** A tool as a server offers it, once it has been found to be one. */
export interface Tool {
  readonly name: string;
  readonly description: string;
  readonly destructiveHint: boolean | undefined;
  readonly readOnlyHint: boolean | undefined;
  readonly params: ParamsSchema;
}

/** Characters that are kept of a tool's description. */
const maxDescription = 4000;

/** What we use of a tool (MCP 2026-07-28, tools/list); the rest may be anything, and a null is an absence. */
const toolOnTheWire = z.object({
  name: z.string().refine(isVisibleName, 'is not 1 to 128 visible characters'),
  title: z.string().nullish(),
  description: z.string().nullish(),
  inputSchema: z.custom<JsonObject>(isJsonObject, 'is no object').nullish(),
  annotations: z
    .object({
      title: z.string().nullish(),
      destructiveHint: z.boolean().nullish(),
      readOnlyHint: z.boolean().nullish(),
    })
    .nullish(),
});

/** A tool, or why it is left out; `patterns` is what those of its listing may cost together. Total. */
export function readTool(
  value: unknown,
  patterns = new PatternBudget(),
): { readonly tool: Tool } | { readonly omitted: OmittedTool } {
  const parsed = toolOnTheWire.safeParse(withoutEmptyLists(value));
  if (!parsed.success) return { omitted: { tool: nameOf(value), reason: reasonOf(parsed.error) } };
  const { name, title, description, inputSchema, annotations } = parsed.data;
  try {
    return {
      tool: {
        name,
        description: cleanText(description || title || annotations?.title || '', maxDescription),
        destructiveHint: annotations?.destructiveHint ?? undefined,
        readOnlyHint: annotations?.readOnlyHint ?? undefined,
        params: checkedAside(paramsSchema(objectSchema(inputSchema ?? anyObject), patterns)),
      },
    };
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error;
    return { omitted: { tool: name, reason: `its input schema cannot be used: ${error.message}` } };
  }
}

/** Of a tool that says nothing of its params. */
const anyObject: JsonObject = { type: 'object' };

/** Arguments are an object in any case, so that some servers leave this out. */
function objectSchema(schema: JsonObject): JsonObject {
  const { type = null } = schema;
  if (type === null || [type].flat().includes('object')) return schema;
  throw new SchemaError('its type is not "object"');
}

/** PHP writes an empty object as an empty list. */
function withoutEmptyLists(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const isEmptyList = (one: unknown): boolean => Array.isArray(one) && one.length === 0;
  return Object.fromEntries(Object.entries(value).filter(([, one]) => !isEmptyList(one)));
}

function nameOf(value: unknown): string {
  const name = typeof value === 'object' && value !== null && 'name' in value ? value.name : undefined;
  return typeof name === 'string' ? cleanText(name, 128) : '(without a name)';
}

function reasonOf({ issues: [first] }: z.ZodError): string {
  return first === undefined
    ? 'it is no tool'
    : `its ${first.path.join('.') || 'definition'} is wrong: ${first.message}`;
}
