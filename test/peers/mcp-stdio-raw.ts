// A local MCP server of 2025 without an SDK, run by node: `node mcp-stdio-raw.ts <answer>`. It offers the tool `do`, and
// answers a call with exactly this text, `$id` in it being the request's id. Each call adds a line to the file PEER_LOG.
import { appendFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const [, , answer = ''] = process.argv;
const log = process.env['PEER_LOG'];

const results: Readonly<Record<string, unknown>> = {
  initialize: {
    protocolVersion: '2025-06-18',
    capabilities: { tools: {} },
    serverInfo: { name: 'raw', version: '1' },
  },
  'tools/list': { tools: [{ name: 'do', inputSchema: { type: 'object' } }] },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { id, method } = JSON.parse(line);
  const result = results[method];
  if (method === 'tools/call') {
    if (log !== undefined) appendFileSync(log, 'call\n');
    process.stdout.write(`${answer.replaceAll('$id', String(id))}\n`);
  } else if (result !== undefined)
    process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id, result })}\n`);
  else if (id !== undefined)
    process.stdout.write(
      `${JSON.stringify({ jsonrpc: '2.0', id, error: { code: -32_601, message: 'unknown' } })}\n`,
    );
}
