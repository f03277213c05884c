import type { Client } from '@modelcontextprotocol/client';
import { isJsonObject, type JsonObject } from '../../lib/json.ts';
import type { Arrived, CallAnswer } from './call-answer.ts';
import { McpFault } from './faults.ts';
import type { RequestOptions } from './run-operation.ts';

/** Hears how far a call is, in the server's own numbers and words. */
export type OnServerProgress = (progress: {
  readonly progress: number;
  readonly total?: number | undefined;
  readonly message?: string | undefined;
}) => void;

export interface Calling {
  readonly client: Client;
  readonly options: RequestOptions;
  /** Where the answer arrives, as it was sent. */
  readonly answer: CallAnswer;
  readonly onProgress: OnServerProgress;
}

/**
 * Sends one call, once. `inputSchema`, where it is known, says which params the server wants as headers too (SEP-2243). Throws
 * what the SDK throws where there is no answer, and `McpFault` where the server asked something back instead.
 */
export async function callTool(
  { client, options, answer, onProgress }: Calling,
  name: string,
  params: JsonObject,
  inputSchema: JsonObject | undefined,
): Promise<Arrived> {
  // With a definition in hand the SDK never lists, and never calls a second time with other headers.
  const toolDefinition = { name, inputSchema: { ...inputSchema, type: 'object' as const } };
  try {
    await client.callTool(
      { name, arguments: params },
      { ...options, toolDefinition, onprogress: onProgress },
    );
  } catch (error) {
    if (answer.arrived === undefined) throw error;
  }
  const { arrived } = answer;
  if (arrived === undefined) throw new TypeError('every answer to a call is taken out before the SDK has it');
  if ('result' in arrived && isQuestion(arrived)) throw new McpFault('question');
  return arrived;
}

/** Nothing has been done before it is answered (MCP 2026-07-28, input required). */
function isQuestion({ result }: Extract<Arrived, { result: unknown }>): boolean {
  return isJsonObject(result) && result['resultType'] === 'input_required';
}
