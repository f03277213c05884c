import {
  INTERNAL_ERROR,
  type JSONRPCMessage,
  StreamableHTTPClientTransport,
  type StreamableHTTPClientTransportOptions,
} from '@modelcontextprotocol/client';
import { type GuardedFetch, guardedFetch } from '../guarded-fetch.ts';
import { withAnswerTaken } from './answer-stream.ts';
import { CallAnswer } from './call-answer.ts';
import { streamEnded } from './fault-of.ts';
import { McpFault } from './faults.ts';
import { type McpConnection, maxBytes } from './mcp-connection.ts';

export interface HttpAddress {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly allowPrivateAddresses: boolean;
}

/** How long a server may take to hear that its session is over. */
const goodbyeMs = 2000;

/** Streamable HTTP, without OAuth: a 401 is an error. */
export function openHttpConnection({ url, headers, allowPrivateAddresses }: HttpAddress): McpConnection {
  const guard = guardedFetch({ allowPrivateAddresses, maxBytes });
  const answer = new CallAnswer();
  const transport = new HttpTransport(url, answer, {
    requestInit: { headers: { ...headers } },
    fetch: async (url, init) => {
      const response = await withoutListening(guard)(url, init);
      return init?.method === 'POST' ? withAnswerTaken(response, answer) : response;
    },
    reconnectionOptions: {
      maxRetries: 0,
      initialReconnectionDelay: 0,
      maxReconnectionDelay: 0,
      reconnectionDelayGrowFactor: 1,
    },
  });
  const hangUp = async (): Promise<void> => {
    await transport.close();
    await guard.close();
  };
  return {
    transport,
    answer,
    get fault() {
      return guard.fault && new McpFault(guard.fault.code, guard.fault.message);
    },
    get reached() {
      return guard.connected;
    },
    async close(how) {
      if (how === 'at once' || transport.sessionId === undefined) return hangUp();
      // Nobody waits for it; a session that is not ended would stay in the server's memory.
      void endSession(transport).finally(() => void hangUp());
    },
  };
}

/** A 2025 server is asked for a stream of its own messages, which an operation has no use for; 405 is a lawful answer. */
function withoutListening(guard: GuardedFetch): GuardedFetch['fetch'] {
  return (url, init) =>
    init?.method === 'GET' ? Promise.resolve(new Response(null, { status: 405 })) : guard.fetch(url, init);
}

async function endSession(transport: StreamableHTTPClientTransport): Promise<void> {
  const patience = Promise.withResolvers<void>();
  const timer = setTimeout(patience.resolve, goodbyeMs);
  await Promise.race([transport.terminateSession().catch(() => undefined), patience.promise]);
  clearTimeout(timer);
}

type SendOptions = NonNullable<Parameters<StreamableHTTPClientTransport['send']>[1]>;

/** Where an answer's event stream ends without the answer, the SDK would wait on until the deadline. */
class HttpTransport extends StreamableHTTPClientTransport {
  readonly #answer: CallAnswer;

  constructor(url: URL, answer: CallAnswer, options: StreamableHTTPClientTransportOptions) {
    super(url, options);
    this.#answer = answer;
  }

  override send(message: JSONRPCMessage | JSONRPCMessage[], options: SendOptions = {}): Promise<void> {
    if (Array.isArray(message) || !('method' in message) || !('id' in message))
      return super.send(message, options);
    this.#answer.sent(message);
    const { id } = message;
    const onRequestStreamEnd = (): void => {
      // A request that was answered is no longer known, and this is dropped.
      this.onmessage?.({
        jsonrpc: '2.0',
        id,
        error: { code: INTERNAL_ERROR, message: 'stream ended', data: streamEnded },
      });
    };
    return super.send(message, { ...options, onRequestStreamEnd });
  }
}
