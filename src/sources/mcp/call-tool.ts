import type { Client } from '@modelcontextprotocol/client';
import type { JsonObject } from '../../lib/json.ts';
import { cleanText } from './clean-text.ts';
import { McpFault } from './faults.ts';
import { OperationFailure, type RequestOptions } from './run-operation.ts';

/** What a call gives; the protocol's own remarks (`_meta`) are left out. */
export interface ToolResult {
  readonly content: readonly unknown[];
  readonly structuredContent?: unknown;
}

/** Hears how far a call is, in the server's own numbers and words. */
export type OnServerProgress = (progress: {
  readonly progress: number;
  readonly total?: number | undefined;
  readonly message?: string | undefined;
}) => void;

type Answer = Awaited<ReturnType<Client['callTool']>>;

/** UTF-16 units of a tool's own word for why it failed. */
const maxReason = 2000;
/** Levels of a tool's structured answer. */
const maxDepth = 200;

/** Sends one call, once. `inputSchema`, where it is known, says which params the server wants as headers too (SEP-2243). */
export function callTool(
  client: Client,
  name: string,
  params: JsonObject,
  inputSchema: JsonObject | undefined,
  options: RequestOptions,
  onProgress: OnServerProgress | undefined,
): Promise<Answer> {
  // With a definition in hand the SDK never lists, and never calls a second time with other headers.
  const toolDefinition = { name, inputSchema: { ...inputSchema, type: 'object' as const } };
  return client.callTool(
    { name, arguments: params },
    {
      ...options,
      toolDefinition,
      ...(onProgress !== undefined && { onprogress: onProgress }),
    },
  );
}

/** Throws `OperationFailure`: `tool_failed` where the tool says that it failed, `not_mcp` where nobody could read it. */
export function resultOf(answer: Answer, name: string): ToolResult {
  const { content, structuredContent } = answer;
  if (isDeeperThan(maxDepth, { content, structuredContent }))
    throw new OperationFailure(new McpFault('not_mcp'), true);
  if (answer.isError === true) {
    const reason = reasonOf(answer) || `The tool "${name}" failed, and gave no reason.`;
    throw new OperationFailure(new McpFault('tool_failed', reason), true);
  }
  return structuredContent === undefined ? { content } : { content, structuredContent };
}

/** What is nested deeper would exhaust the stack of a function that walks over it. */
function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeperThan(levels - 1, inner));
}

function reasonOf({ content }: Answer): string {
  const texts = content.flatMap((block) => (block.type === 'text' ? [block.text] : []));
  return cleanText(texts.join('\n'), maxReason).trim();
}
