// MCP servers for tests, on free ports of 127.0.0.1. Every answer is the official SDK's; a test programs what stands
// behind it through `state`, and reads there what arrived. Always `await peer.close()`: it cuts every connection.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { Server as Server2025 } from '@modelcontextprotocol/sdk/server/index.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { createMcpHandler, Server } from '@modelcontextprotocol/server';

/** A tool as it goes over the wire; a test may put anything into it. */
export type PeerTool = Record<string, unknown>;

export interface PeerState {
  tools: unknown[];
  /** Tools on a page; all of them where it is not set. */
  pageSize?: number;
  /** What a call answers: `{content, structuredContent?, isError?}`. It may throw, or never resolve. */
  onCall: (name: string, params: Record<string, unknown>) => unknown;
  /** Waited for before a list is answered. */
  onList: () => unknown;
  lists: number;
  calls: number;
  /** Every HTTP request, in order: `POST tools/list`, `DELETE`. */
  readonly requests: string[];
  /** The headers of the last request. */
  headers: http.IncomingHttpHeaders;
}

export interface McpPeer {
  readonly url: string;
  readonly state: PeerState;
  /** 2025 only: the server loses all of its sessions, and answers 404 to those who name one. */
  forgetSessions(): void;
  close(): Promise<void>;
}

export interface PeerOptions {
  /** `2026` is stateless and refuses older clients; `2025` keeps sessions. */
  readonly revision?: '2026' | '2025';
  readonly state?: Partial<PeerState>;
  readonly instructions?: string;
}

/** A tool that reads and one that destroys, as servers commonly describe theirs. */
export const peerTools: readonly PeerTool[] = [
  {
    name: 'read_note',
    description: 'Reads a note.',
    inputSchema: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
    annotations: { readOnlyHint: true },
  },
  {
    name: 'wipe',
    description: 'Wipes everything.',
    inputSchema: { type: 'object' },
    annotations: { destructiveHint: true },
  },
];

/** Starts a well-behaved MCP server of either revision over Streamable HTTP. */
export async function startMcpPeer({
  revision = '2026',
  state: given = {},
  instructions,
}: PeerOptions = {}): Promise<McpPeer> {
  const state: PeerState = {
    tools: [...peerTools],
    onCall: () => ({ content: [{ type: 'text', text: 'ok' }] }),
    onList: () => undefined,
    lists: 0,
    calls: 0,
    requests: [],
    headers: {},
    ...given,
  };
  const about = instructions === undefined ? {} : { instructions };
  const served = revision === '2026' ? serve2026(state, about) : serve2025(state, about);
  const peer = await startRawPeer((request, response, body) => {
    state.requests.push([request.method, methodOf(body)].filter(Boolean).join(' '));
    state.headers = request.headers;
    return served.handle(request, response, body);
  });
  return {
    ...peer,
    state,
    forgetSessions: () => served.forget(),
    close: async () => {
      await served.close();
      await peer.close();
    },
  };
}

export type RawHandler = (
  request: http.IncomingMessage,
  response: http.ServerResponse,
  body: unknown,
) => unknown;

/** Starts an HTTP server that does what the handler says, to misbehave in ways that an SDK cannot. `body` is parsed JSON. */
export async function startRawPeer(handle: RawHandler): Promise<Omit<McpPeer, 'state' | 'forgetSessions'>> {
  const server = http.createServer((request, response) => {
    void readJson(request).then((body) => handle(request, response, body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the peer does not listen on a port');
  return {
    url: `http://127.0.0.1:${address.port}/mcp`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The JSON-RPC method of a parsed body, or ''. */
export function methodOf(body: unknown): string {
  return typeof body === 'object' && body !== null && 'method' in body && typeof body.method === 'string'
    ? body.method
    : '';
}

/** Answers a JSON-RPC request with a result, as `application/json`. */
export function answerJson(response: http.ServerResponse, body: unknown, result: unknown): void {
  const id = typeof body === 'object' && body !== null && 'id' in body ? body.id : null;
  response
    .writeHead(200, { 'content-type': 'application/json' })
    .end(JSON.stringify({ jsonrpc: '2.0', id, result }));
}

/** The handshake of a stateless 2025 server; `false` where the request is something else. */
export function answerHandshake(response: http.ServerResponse, body: unknown): boolean {
  const method = methodOf(body);
  if (method === 'server/discover') response.writeHead(400).end('unknown method');
  else if (method === 'notifications/initialized') response.writeHead(202).end();
  else if (method === 'initialize') {
    const serverInfo = { name: 'raw', version: '1' };
    answerJson(response, body, { protocolVersion: '2025-06-18', capabilities: { tools: {} }, serverInfo });
  } else return false;
  return true;
}

interface Served {
  handle: RawHandler;
  forget(): void;
  close(): Promise<void>;
}

function serve2026(state: PeerState, about: { instructions?: string }): Served {
  const handler = createMcpHandler(
    () => {
      const server = new Server({ name: 'peer', version: '1' }, { capabilities: { tools: {} }, ...about });
      // The SDK wants well-formed tools and results; a test's own need not be.
      server.setRequestHandler(
        'tools/list',
        async ({ params }) => (await list(state, params?.cursor)) as never,
      );
      server.setRequestHandler(
        'tools/call',
        async ({ params }) => (await call(state, params.name, params.arguments)) as never,
      );
      return server;
    },
    { legacy: 'reject' },
  );
  const serve = toNodeHandler(handler);
  // The same interface; that package was not written with exactOptionalPropertyTypes.
  const handle: RawHandler = (request, response, body) => serve(request as never, response, body);
  return { handle, forget: () => undefined, close: () => handler.close() };
}

function serve2025(state: PeerState, about: { instructions?: string }): Served {
  const sessions = new Map<string, StreamableHTTPServerTransport>();
  const begin = async (): Promise<StreamableHTTPServerTransport> => {
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => void sessions.set(id, transport),
    });
    const server = new Server2025({ name: 'peer', version: '1' }, { capabilities: { tools: {} }, ...about });
    // As above.
    server.setRequestHandler(
      ListToolsRequestSchema,
      async ({ params }) => (await list(state, params?.cursor)) as never,
    );
    server.setRequestHandler(
      CallToolRequestSchema,
      async ({ params }) => (await call(state, params.name, params.arguments)) as never,
    );
    await server.connect(transport);
    return transport;
  };
  const handle: RawHandler = async (request, response, body) => {
    const named = request.headers['mcp-session-id'];
    const known = typeof named === 'string' ? sessions.get(named) : undefined;
    if (named !== undefined && known === undefined) return refuse(response, 404, 'Session not found');
    if (known === undefined && methodOf(body) !== 'initialize') return refuse(response, 400, 'no session');
    return (known ?? (await begin())).handleRequest(request, response, body);
  };
  return { handle, forget: () => sessions.clear(), close: async () => sessions.clear() };
}

function refuse(response: http.ServerResponse, status: number, message: string): void {
  const error = { code: -32_001, message };
  response
    .writeHead(status, { 'content-type': 'application/json' })
    .end(JSON.stringify({ jsonrpc: '2.0', error, id: null }));
}

async function list(state: PeerState, cursor: string | undefined): Promise<unknown> {
  state.lists += 1;
  await state.onList();
  const { tools, pageSize } = state;
  if (pageSize === undefined) return { tools };
  const from = Number(cursor ?? 0);
  const next = from + pageSize;
  return { tools: tools.slice(from, next), ...(next < tools.length && { nextCursor: `${next}` }) };
}

async function call(state: PeerState, name: string, params: Record<string, unknown> = {}): Promise<unknown> {
  state.calls += 1;
  return state.onCall(name, params);
}

async function readJson(request: http.IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    return undefined;
  }
}
