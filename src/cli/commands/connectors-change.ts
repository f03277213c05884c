import type { Connector } from '../../contract/connectors.ts';
import { at } from '../client.ts';
import { command, reply } from '../command.ts';
import { settingFlags, transportOf, whereFlags } from '../connector-flags.ts';
import { connectorCalled } from '../named.ts';
import { asPerson } from '../who.ts';

export const change = command({
  example: 'assent connectors change files --env REGION=eu-1 --call-timeout 120',
  more: `What is not named stays as it is, reviews included. Actions that wait for a person are asked for anew where the server, its variables or
its headers change.`,
  args: { name: { about: "the connector's name or id" } },
  flags: {
    ...whereFlags,
    ...settingFlags,
    unset: {
      type: 'list',
      value: 'NAME',
      about: 'a header or variable to take back, or cwd, parallel, call-timeout …',
    },
  },
  async run({ args, flags }) {
    const client = await asPerson();
    const { id, transport } = await connectorCalled(client, args.name);
    const answer = await client.patch<{ connector: Connector }>(at`/v1/connectors/${id}`, {
      body: { transport: transportOf(flags, transport, flags.unset) },
    });
    return reply(answer, ({ connector }) => `Changed the connector ${connector.name}.`);
  },
});
