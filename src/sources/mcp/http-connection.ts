import {
  INTERNAL_ERROR,
  type JSONRPCMessage,
  StreamableHTTPClientTransport,
  type StreamableHTTPClientTransportOptions,
} from '@modelcontextprotocol/client';
import { withAnswerTaken } from './answer-stream.ts';
import { CallAnswer } from './call-answer.ts';
import { streamEnded } from './fault-of.ts';
import { guardedHttp, type HttpAddress } from './guarded-http.ts';
import type { McpConnection } from './mcp-connection.ts';
import { Resumption, reconnection } from './resumption.ts';

/** How long a server may take to hear that its session is over. */
const goodbyeMs = 2000;

/** Streamable HTTP, without OAuth: a 401 is an error. */
export function openHttpConnection({ url, headers, ...address }: HttpAddress): McpConnection {
  const guard = guardedHttp(address);
  const answer = new CallAnswer();
  const resumption = new Resumption();
  const transport = new HttpTransport(
    url,
    { answer, resumption },
    {
      requestInit: { headers: { ...headers } },
      fetch: async (target, init) => {
        if (init?.method === 'GET') return resumed(target, init);
        const response = await guard.fetch(target, init);
        return init?.method === 'POST' ? withAnswerTaken(response, answer) : response;
      },
      ...reconnection,
    },
  );
  const resumed: typeof guard.fetch = async (target, init) => {
    const asking = resumption.headersFor(init?.headers);
    if (asking === undefined) return noStream();
    const response = await guard.fetch(target, { ...init, headers: asking });
    if (response.ok) return withAnswerTaken(response, answer);
    await response.body?.cancel();
    return noStream();
  };
  const hangUp = async (): Promise<void> => {
    await transport.close();
    await guard.close();
  };
  return {
    transport,
    answer,
    get fault() {
      return guard.fault;
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

/** What the SDK takes as: there is no stream. */
function noStream(): Response {
  return new Response(null, { status: 405 });
}

async function endSession(transport: StreamableHTTPClientTransport): Promise<void> {
  const patience = Promise.withResolvers<void>();
  const timer = setTimeout(patience.resolve, goodbyeMs);
  await Promise.race([transport.terminateSession().catch(() => undefined), patience.promise]);
  clearTimeout(timer);
}

type SendOptions = NonNullable<Parameters<StreamableHTTPClientTransport['send']>[1]>;

interface Heard {
  readonly answer: CallAnswer;
  readonly resumption: Resumption;
}

/** Where an answer's event stream ends without the answer, for good, the SDK would wait on until the deadline. */
class HttpTransport extends StreamableHTTPClientTransport {
  readonly #heard: Heard;

  constructor(url: URL, heard: Heard, options: StreamableHTTPClientTransportOptions) {
    super(url, options);
    this.#heard = heard;
  }

  override send(message: JSONRPCMessage | JSONRPCMessage[], options: SendOptions = {}): Promise<void> {
    const { answer, resumption } = this.#heard;
    resumption.begin();
    if (Array.isArray(message) || !('method' in message) || !('id' in message))
      return super.send(message, options);
    answer.sent(message);
    const { id } = message;
    const onRequestStreamEnd = (): void => {
      // A request that was answered is no longer known, and this is dropped.
      this.onmessage?.({
        jsonrpc: '2.0',
        id,
        error: { code: INTERNAL_ERROR, message: 'stream ended', data: streamEnded },
      });
    };
    const onresumptiontoken = (eventId: string): void => resumption.saw(eventId);
    return super.send(message, { ...options, onRequestStreamEnd, onresumptiontoken });
  }
}
