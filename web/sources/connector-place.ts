import type { Connector } from '../../src/contract/connectors.ts';

/** Where an MCP server is: its address, or the command that starts it, in one line. */
export function placeOf({ transport }: Pick<Connector, 'transport'>): string {
  if (transport.type === 'http') return transport.url;
  return [transport.command, ...transport.args]
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : JSON.stringify(word)))
    .join(' ');
}
