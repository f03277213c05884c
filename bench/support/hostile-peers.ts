// Connectors' servers that mean harm, in a process of their own. Prints one JSON document: where each of them listens.
import { type PeerTool, startMcpPeer } from '../../test/peers/mcp.ts';
import { bounded } from './bounded.ts';
import { sized } from './rounds.ts';

export type HostileName = keyof typeof servers;

const many = sized(1000, 20);
const times = <T>(count: number, make: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at));

function schemaOf(count: number, property: (at: number) => object): object {
  return {
    type: 'object',
    properties: Object.fromEntries(times(count, (at) => [`p${at}`, property(at)])),
  };
}

const tool = (name: string, inputSchema: object): PeerTool => ({ name, description: name, inputSchema });

const servers = {
  /** 64 KB of schema, most of it choices. */
  large: [
    tool(
      't',
      schemaOf(60, (at) => ({ enum: times(60, (one) => `${at} a choice ${one}`) })),
    ),
  ],
  /** Patterns near what one tool may have, in every tool. */
  patterns: times(many, (at) =>
    tool(
      `t${at}`,
      schemaOf(100, (one) => ({ pattern: `${at}x${one}[a-z]{40}` })),
    ),
  ),
  /** As many properties as are allowed. */
  wide: [
    tool(
      't',
      schemaOf(900, (at) => ({ enum: [at] })),
    ),
  ],
  /** An answer of 16 MiB. */
  answer: [tool('t', { type: 'object' })],
} as const;

await bounded(async (bench) => {
  const urls: Record<string, string> = {};
  for (const [name, tools] of Object.entries(servers)) {
    const onCall = async () => ({
      content: [{ type: 'text', text: '["a",1]'.repeat(sized(16 << 20, 1000) / 7) }],
    });
    const peer = await startMcpPeer({ state: { tools: [...tools], onCall } });
    bench.after(() => peer.close());
    urls[name] = peer.url;
  }
  console.log(JSON.stringify(urls));
  bench.step('the benchmark to end', 3600);
  await new Promise((resolve) => process.once('SIGTERM', resolve));
});
