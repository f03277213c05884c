import type { Connector, ConnectorAuth } from '../../contract/connectors.ts';
import type { Client } from '../client.ts';
import { command, reply } from '../command.ts';
import { settingFlags, transportOf, whereFlags } from '../connector-flags.ts';
import { toolsOf } from '../connector-text.ts';
import { Failure, usage } from '../exit.ts';
import { asPerson } from '../who.ts';

export const add = command({
  example: 'assent connectors add docs --url https://mcp.example.com/mcp --auth bearer --secret DOCS_TOKEN',
  more: `A server is reached by its URL, or started as a command where the gateway allows that (assent up --allow-stdio-connectors).
The secret is named by its key: \`assent secrets set KEY\` keeps its value first.`,
  args: { name: { about: 'what to call it' } },
  flags: {
    ...whereFlags,
    auth: { type: 'text', value: 'HOW', about: 'how the secret is sent: bearer, or header:NAME (bearer)' },
    secret: { type: 'text', value: 'KEY', about: 'the key of the secret to send' },
    'default-risk': {
      type: 'text',
      value: 'RISK',
      about: 'the risk of tools that say nothing of themselves',
      choices: ['read', 'write', 'danger'],
    },
    ...settingFlags,
  },
  async run({ args, flags, json }) {
    const body = {
      name: args.name,
      transport: transportOf(flags),
      auth: auth(flags.auth, flags.secret),
      defaultRisk: flags['default-risk'] ?? null,
    };
    const client = await asPerson();
    const answer = await client.post<{ connector: Connector }>('/v1/connectors', { body });
    const note = json ? undefined : await firstLook(client, answer.connector);
    return reply(answer, ({ connector }) => `Added the connector ${connector.name}.`, note);
  },
});

function auth(how: string | undefined, secretKey: string | undefined): ConnectorAuth {
  if (how === undefined && secretKey === undefined) return { type: 'none' };
  if (secretKey === undefined) throw usage('--auth needs --secret KEY: the key of the secret to send.');
  if (how === undefined || how === 'bearer') return { type: 'bearer', secretKey };
  const header = /^header:(.+)$/.exec(how)?.[1];
  if (header !== undefined) return { type: 'header', header, secretKey };
  throw usage(`"${how}" is nothing that --auth can be. Write bearer, or header:NAME.`);
}

/** A server that does not work is told of at once, and not when an agent misses it. */
async function firstLook(client: Client, connector: Connector): Promise<string> {
  try {
    const { tools, omitted } = await toolsOf(client, connector);
    const count = `${tools.length} ${tools.length === 1 ? 'tool' : 'tools'}`;
    const left = omitted.length === 0 ? '' : `, and ${omitted.length} left out`;
    return `It answers, with ${count}${left}: \`assent connectors tools ${connector.name}\` shows them.`;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return `It cannot be used yet: ${error.message}`;
  }
}
