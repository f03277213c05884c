// The SDK keeps it for servers of 2024 alone.
// oxlint-disable typescript/no-deprecated
import { type JSONRPCMessage, SSEClientTransport } from '@modelcontextprotocol/client';
import { withAnswerTaken } from './answer-stream.ts';
import { CallAnswer } from './call-answer.ts';
import { guardedHttp, type HttpAddress } from './guarded-http.ts';
import type { McpConnection } from './mcp-connection.ts';

/** HTTP+SSE (MCP 2024-11-05): everything that the server says comes over one stream, which is not opened a second time. */
export function openOldHttpConnection({ url, headers, ...address }: HttpAddress): McpConnection {
  const guard = guardedHttp(address);
  const answer = new CallAnswer();
  let isOpen = false;
  const transport = new OldTransport(answer, url, {
    requestInit: { headers: { ...headers } },
    async fetch(target, init) {
      if (init?.method === 'POST') return guard.fetch(target, init);
      if (isOpen) return hungUp();
      isOpen = true;
      const response = await withAnswerTaken(await guard.fetch(target, init), answer);
      const body = response.body?.pipeThrough(
        new TransformStream({ flush: () => void setImmediate(hungUp) }),
      );
      return new Response(body ?? null, response);
    },
  });
  /** Without the stream no answer can come. */
  const hungUp = (): Response => {
    void transport.close();
    return new Response(null, { status: 204 });
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
    async close() {
      await transport.close();
      await guard.close();
    },
  };
}

class OldTransport extends SSEClientTransport {
  readonly #answer: CallAnswer;

  constructor(answer: CallAnswer, ...more: ConstructorParameters<typeof SSEClientTransport>) {
    super(...more);
    this.#answer = answer;
  }

  override send(message: JSONRPCMessage): Promise<void> {
    this.#answer.sent(message);
    return super.send(message);
  }
}
