import type { Connector, ConnectorToolsAnswer } from '../../contract/connectors.ts';
import { shellQuoted } from '../../shared/shell-words.ts';
import { transportText } from '../../shared/transport-text.ts';
import { at } from '../client.ts';
import { shortened, table } from '../columns.ts';
import { type Command, command, reply } from '../command.ts';
import { authText, reviewText, toolsOf } from '../connector-text.ts';
import { connectorCalled, listConnectors } from '../named.ts';
import { asPerson } from '../who.ts';

const name = { about: 'its name or id' } as const;

export const list = command({
  example: 'assent connectors list',
  async run() {
    const connectors = await listConnectors(await asPerson());
    return reply({ connectors }, (shown) => text(shown.connectors));
  },
});

function text(connectors: readonly Connector[]): string {
  if (connectors.length === 0)
    return 'There are no connectors yet. `assent connectors add <name> --url URL` adds one.';
  const rows = connectors.map((one) => [
    one.name,
    one.enabled ? 'on' : 'off',
    authText(one.auth),
    one.defaultRisk ?? '-',
    one.id,
    transportText(one.transport, shellQuoted),
  ]);
  return table(['NAME', 'STATE', 'AUTH', 'DEFAULT RISK', 'ID', 'SERVER'], rows);
}

export const tools = command({
  example: 'assent connectors tools files',
  args: { name },
  async run({ args }) {
    const client = await asPerson();
    const connector = await connectorCalled(client, args.name);
    return reply(await toolsOf(client, connector), toolsText);
  },
});

function toolsText({ tools: all, omitted }: ConnectorToolsAnswer): string {
  const left = omitted.map(({ tool, reason }) => [tool, reason]);
  const leftText = left.length === 0 ? [] : [`\n${table(['LEFT OUT', 'WHY'], left)}`];
  if (all.length === 0)
    return left.length === 0
      ? 'The server offers no tools.'
      : ['None of its tools can be used.', ...leftText].join('\n');
  const rows = all.map((tool) => [
    tool.id,
    tool.riskLevel,
    tool.mode,
    reviewText(tool),
    shortened(tool.description, 80),
  ]);
  return [table(['TOOL', 'RISK', 'MODE', 'REVIEW', 'DESCRIPTION'], rows), ...leftText].join('\n');
}

export const enable = switching(true, 'assent connectors enable files', 'is on: its tools are offered again');
export const disable = switching(
  false,
  'assent connectors disable files',
  'is off: its tools are offered to nobody',
);

function switching(enabled: boolean, example: string, said: string): Command {
  return command({
    example,
    args: { name },
    async run({ args }) {
      const client = await asPerson();
      const { id } = await connectorCalled(client, args.name);
      const answer = await client.patch<{ connector: Connector }>(at`/v1/connectors/${id}`, {
        body: { enabled },
      });
      return reply(answer, ({ connector }) => `${connector.name} ${said}.`);
    },
  });
}

export const remove = command({
  example: 'assent connectors remove files',
  more: 'What was done through it stays on record.',
  args: { name },
  async run({ args }) {
    const client = await asPerson();
    const connector = await connectorCalled(client, args.name);
    await client.delete<null>(at`/v1/connectors/${connector.id}`);
    return reply({ removed: connector }, ({ removed }) => `Removed the connector ${removed.name}.`);
  },
});
