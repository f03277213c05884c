import type { Client } from '@modelcontextprotocol/client';
import { z } from 'zod';
import type { OmittedTool } from '../../contract/connectors.ts';
import { mapInTurns } from '../../lib/in-turns.ts';
import { isJsonObject, type JsonValue } from '../../lib/json.ts';
import type { CallAnswer } from './call-answer.ts';
import { cleanText } from './clean-text.ts';
import { faultOf } from './fault-of.ts';
import { McpFault } from './faults.ts';
import type { RequestOptions } from './run-operation.ts';
import { PatternBudget } from './schema-cost.ts';
import { readTool, type Tool } from './tools.ts';

/** What a server offers. */
export interface Listing {
  readonly instructions: string;
  /** By name, in the server's order. */
  readonly tools: ReadonlyMap<string, Tool>;
  readonly omitted: readonly OmittedTool[];
}

/** Pages of a server's list of tools. */
const maxPages = 64;
/** Tools of a server. */
const maxTools = 1000;
/** Characters that are kept of a server's instructions. */
const maxInstructions = 10_000;
const namesake = 'there is another of this name before it';
const furtherOnes = '(all further ones)';

/** Every tool of a server, up to 1,000 on 64 pages, and what was left out. Throws what the SDK throws, and `McpFault` `not_mcp`. */
export async function listTools(
  client: Client,
  options: RequestOptions,
  answer: CallAnswer,
): Promise<Listing> {
  const tools = new Map<string, Tool>();
  const omitted: OmittedTool[] = [];
  const patterns = new PatternBudget();
  for await (const page of pages(client, options, answer)) {
    if (page instanceof ListEnd) {
      omitted.push({ tool: furtherOnes, reason: page.reason });
      break;
    }
    const room = maxTools - tools.size - omitted.length;
    for (const read of await mapInTurns(page.slice(0, room), (offered) => readTool(offered, patterns))) {
      if ('omitted' in read) omitted.push(read.omitted);
      else if (tools.has(read.tool.name)) omitted.push({ tool: read.tool.name, reason: namesake });
      else tools.set(read.tool.name, read.tool);
    }
    if (page.length > room) {
      omitted.push({ tool: furtherOnes, reason: `there are more than ${maxTools} tools` });
      break;
    }
  }
  return { instructions: cleanText(client.getInstructions() ?? '', maxInstructions), tools, omitted };
}

/** Where a list is read no further, though its server has more to say. */
class ListEnd {
  readonly reason: string;
  constructor(reason: string) {
    this.reason = reason;
  }
}

async function* pages(
  client: Client,
  options: RequestOptions,
  answer: CallAnswer,
): AsyncGenerator<readonly JsonValue[] | ListEnd> {
  // A server without tools answers the question with an error.
  if (client.getServerCapabilities()?.tools === undefined) return;
  const seen = new Set<string>();
  let cursor: string | undefined;
  for (let read = 0; read < maxPages; read += 1) {
    const one = await page(client, options, answer, cursor);
    if (one instanceof ListEnd) return yield one;
    const { tools, nextCursor } = one;
    yield tools;
    // Some servers send an empty cursor, or null, with the last page.
    if (nextCursor === null || nextCursor === '') return;
    if (typeof nextCursor !== 'string') return yield new ListEnd('the cursor of the next page is no text');
    if (seen.has(nextCursor)) return yield new ListEnd('the list of tools goes round in a circle');
    seen.add(nextCursor);
    cursor = nextCursor;
  }
  yield new ListEnd(`the list of tools has more than ${maxPages} pages`);
}

/** One page as it was sent, or that its server refuses it, after the first: whatever a tool on it is, the others are there. Servers write `null` for a list without elements. */
async function page(
  client: Client,
  options: RequestOptions,
  answer: CallAnswer,
  cursor: string | undefined,
): Promise<{ readonly tools: readonly JsonValue[]; readonly nextCursor: JsonValue } | ListEnd> {
  const params = cursor === undefined ? {} : { params: { cursor } };
  try {
    await client.request({ method: 'tools/list', ...params }, z.unknown(), options);
  } catch (error) {
    const fault = faultOf(error, true);
    // Only a refusal in words: after anything else the server may well be gone. A list without its first page is none.
    if (cursor === undefined || fault.code !== 'refused') throw error;
    return new ListEnd(`the server refused the next page: ${fault.message}`);
  }
  const { arrived } = answer;
  const result = arrived !== undefined && 'result' in arrived ? arrived.result : undefined;
  if (!isJsonObject(result)) throw new McpFault('not_mcp');
  const { tools, nextCursor = null } = result;
  if (tools !== undefined && tools !== null && !Array.isArray(tools)) throw new McpFault('not_mcp');
  return { tools: tools ?? [], nextCursor };
}

/**
 * A listing that repeats no credential. A server that is shown one may put it into anything that it says of its tools, which
 * agents read and the gateway keeps: such a tool is left out whole, since a name or a schema cannot be mended. This is
 * done before the listing is kept, while it is known which credentials were handed out for it.
 */
export async function withoutCredentials(
  listing: Listing,
  withoutSecrets: (text: string) => string,
): Promise<Listing> {
  const all = [...listing.tools];
  const repeating = await mapInTurns(all, ([, tool]) => {
    const text = JSON.stringify([tool.name, tool.description, tool.params.jsonSchema]);
    return withoutSecrets(text) !== text;
  });
  const omitted = all.filter((_, at) => repeating[at]).map(([name]) => omission(withoutSecrets(name)));
  return {
    instructions: withoutSecrets(listing.instructions),
    tools: new Map(all.filter((_, at) => !repeating[at])),
    omitted: [...listing.omitted.map((one) => cleaned(one, withoutSecrets)), ...omitted],
  };
}

function omission(tool: string): OmittedTool {
  return { tool, reason: 'it repeats the credential that the server was shown' };
}

function cleaned({ tool, reason }: OmittedTool, withoutSecrets: (text: string) => string): OmittedTool {
  return { tool: withoutSecrets(tool), reason: withoutSecrets(reason) };
}
