import type { Client } from '@modelcontextprotocol/client';
import { z } from 'zod';
import { cleanText } from './clean-text.ts';
import type { RequestOptions } from './run-operation.ts';
import { type OmittedTool, readTool, type Tool } from './tools.ts';

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
const tooMany: OmittedTool = { tool: '(all further ones)', reason: `there are more than ${maxTools} tools` };

/** What is read of a page beside its tools. */
const page = z.object({ tools: z.array(z.unknown()), nextCursor: z.string().nullish() });

/** Every tool of a server, up to 1,000 on 64 pages. Throws what the SDK throws. */
export async function listTools(client: Client, options: RequestOptions): Promise<Listing> {
  const tools = new Map<string, Tool>();
  const omitted: OmittedTool[] = [];
  for await (const offered of offeredTools(client, options)) {
    if (tools.size + omitted.length === maxTools) {
      omitted.push(tooMany);
      break;
    }
    const read = readTool(offered);
    if ('omitted' in read) omitted.push(read.omitted);
    else if (tools.has(read.tool.name)) omitted.push({ tool: read.tool.name, reason: namesake });
    else tools.set(read.tool.name, read.tool);
  }
  return { instructions: cleanText(client.getInstructions() ?? '', maxInstructions), tools, omitted };
}

async function* offeredTools(client: Client, options: RequestOptions): AsyncGenerator {
  // A server without tools answers the question with an error.
  if (client.getServerCapabilities()?.tools === undefined) return;
  const arrived = divertTools(client);
  let cursor: string | undefined;
  for (let pages = 0; pages < maxPages; pages += 1) {
    const params = cursor === undefined ? {} : { params: { cursor } };
    const { nextCursor } = await client.request({ method: 'tools/list', ...params }, page, options);
    yield* arrived.splice(0);
    // Some servers send an empty cursor, or null, with the last page.
    if (!nextCursor) return;
    cursor = nextCursor;
  }
}

/** The SDK refuses a whole page for one malformed tool. It gets pages without tools; what was on them arrives here. */
function divertTools({ transport }: Client): unknown[] {
  const arrived: unknown[] = [];
  const deliver = transport?.onmessage;
  if (transport === undefined || deliver === undefined) return arrived;
  // A transport is no EventTarget.
  // oxlint-disable-next-line unicorn/prefer-add-event-listener
  transport.onmessage = (message, extra) => {
    if (!('result' in message) || !Array.isArray(message.result['tools'])) return deliver(message, extra);
    arrived.push(...message.result['tools']);
    deliver({ ...message, result: { ...message.result, tools: [] } }, extra);
  };
  return arrived;
}

/**
 * A listing that repeats no credential. A server that is shown one may put it into anything that it says of its tools, which
 * agents read and the gateway keeps: such a tool is left out whole, since a name or a schema cannot be mended. This is
 * done before the listing is kept, while it is known which credentials were handed out for it.
 */
export function withoutCredentials(listing: Listing, withoutSecrets: (text: string) => string): Listing {
  const repeatsOne = (tool: Tool): boolean => {
    const text = JSON.stringify([tool.name, tool.description, tool.params.jsonSchema]);
    return withoutSecrets(text) !== text;
  };
  const all = [...listing.tools];
  const omitted = all.filter(([, tool]) => repeatsOne(tool)).map(([name]) => omission(withoutSecrets(name)));
  return {
    instructions: withoutSecrets(listing.instructions),
    tools: new Map(all.filter(([, tool]) => !repeatsOne(tool))),
    omitted: [...listing.omitted.map((one) => cleaned(one, withoutSecrets)), ...omitted],
  };
}

function omission(tool: string): OmittedTool {
  return { tool, reason: 'it repeats the credential that the server was shown' };
}

function cleaned({ tool, reason }: OmittedTool, withoutSecrets: (text: string) => string): OmittedTool {
  return { tool: withoutSecrets(tool), reason: withoutSecrets(reason) };
}
