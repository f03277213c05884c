// The local server that odd ones are made of: of 2025, without an SDK, with the tool `do`. An odd one says what is different about
// what it writes.
import { createInterface } from 'node:readline';
import { done } from './scripted-http.ts';

interface Oddities {
  /** Written before anything is read. */
  readonly before?: string;
  /** How a line goes out. */
  readonly line?: (json: string) => string;
  /** Whether a method is answered. */
  readonly answers?: (method: string, asked: Asked) => boolean;
}

interface Asked {
  readonly id: number | string;
  readonly params: { readonly _meta: { readonly progressToken: unknown } };
}

const results: Readonly<Record<string, unknown>> = {
  initialize: {
    protocolVersion: '2025-06-18',
    capabilities: { tools: {} },
    serverInfo: { name: 'odd', version: '1' },
  },
  'tools/list': { tools: [{ name: 'do', inputSchema: { type: 'object' } }] },
  'tools/call': done,
};

export async function answerOddly({
  before = '',
  line = (json) => `${json}\n`,
  answers = () => true,
}: Oddities): Promise<void> {
  process.stdout.write(before);
  for await (const asked of createInterface({ input: process.stdin })) {
    const { id, method, ...more } = JSON.parse(asked);
    if (id === undefined || !answers(method, { id, ...more })) continue;
    const result = results[method];
    const error = { code: -32_601, message: 'unknown' };
    process.stdout.write(line(JSON.stringify({ jsonrpc: '2.0', id, ...(result ? { result } : { error }) })));
  }
}
