// The server that those with odd lists, schemas and answers are made of: stateless, of 2025, over HTTP, without an SDK. It says what
// an odd one gives it, as the very text of a result.
import { answerHandshake, methodOf, startRawPeer } from '../mcp.ts';

export interface OddTools {
  /** The result of `tools/list`, or the error in its place, as JSON; by its cursor where there are several pages. */
  readonly list: string | ((cursor: string | undefined) => string | { readonly error: string });
  /** The result of a call; the params that came, where it is not given. */
  readonly answer?: string;
  /** Members of the JSON-RPC message beside the result: `"error":null,`. */
  readonly beside?: string;
  /** What the test expects: `tool` → params that are taken. */
  readonly called: Readonly<Record<string, object>>;
  /** Why tools are left out. */
  readonly omitted?: readonly { readonly tool: string; readonly reason: string }[];
  /** What a review says is not checked, in any order. */
  readonly unchecked?: readonly string[];
  /** What is in the answer's text. */
  readonly said?: string;
}

export async function startOddTools({ list, answer, beside = '' }: OddTools) {
  return startRawPeer((_request, response, body) => {
    if (answerHandshake(response, body)) return undefined;
    // A request of ours is an object with params.
    const { id, params } = body as { id: number; params?: { cursor?: string; arguments?: object } };
    const result = {
      'tools/list': () => (typeof list === 'string' ? list : list(params?.cursor)),
      'tools/call': () => answer ?? JSON.stringify({ content: [], structuredContent: params?.arguments }),
    }[methodOf(body)];
    if (result === undefined) return response.writeHead(202).end();
    const said = result();
    const ending = typeof said === 'string' ? `"result":${said}` : `"error":${said.error}`;
    const text = `{"jsonrpc":"2.0",${beside}"id":${id},${ending}}`;
    return response.writeHead(200, { 'content-type': 'application/json' }).end(text);
  });
}

/** A list of one tool with this input schema. */
export function oneTool(inputSchema: object): string {
  return JSON.stringify({ tools: [{ name: 'do', inputSchema }] });
}
