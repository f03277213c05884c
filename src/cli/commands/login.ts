import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { credentialsPath, writeCredentials } from '../../config/credentials.ts';
import { assentHome } from '../../config/home.ts';
import type { DeviceCodeAnswer, DeviceGrantedAnswer } from '../../contract/login.ts';
import { Secret } from '../../lib/secret.ts';
import { Client } from '../client.ts';
import { command, reply } from '../command.ts';
import { Failure, usage } from '../exit.ts';
import { note } from '../print.ts';
import { localTime } from '../when.ts';
import { asPerson, webAddress } from '../who.ts';

type Polled = DeviceGrantedAnswer | { readonly status: 'pending' | 'slow_down' };

/** How much longer to wait between two questions when the gateway says `slow_down` (RFC 8628, section 3.5). */
const slowDownSeconds = 5;

export const login = command({
  example: 'assent login https://assent.example.com',
  more: 'Shows a code and an address: whoever is signed in there confirms the code, and this machine is logged in.',
  args: { url: { about: "the gateway's address", optional: true } },
  flags: {
    link: {
      type: 'switch',
      about: 'print a link that signs a browser in as you, once, where you are logged in',
    },
  },
  async run({ args, flags }) {
    if (flags.link)
      return reply(await (await asPerson()).post<{ link: string }>('/v1/login-links'), ({ link }) => link);
    if (args.url === undefined) throw usage('Say which gateway: assent login <url>.');
    const client = new Client(webAddress('<url>', args.url), undefined);
    const device = await client.post<DeviceCodeAnswer>('/v1/device/code');
    note(
      `Open ${device.verificationUriComplete}\nand confirm the code ${device.userCode}. It is good for ${Math.round(device.expiresIn / 60)} minutes.`,
    );
    const { token, expiresAt } = await confirmed(client, device);
    const home = assentHome(process.env);
    writeCredentials(home, { url: client.url, token: new Secret(token) });
    const answer = { url: client.url, credentials: credentialsPath(home), expiresAt };
    return reply(
      answer,
      ({ url, credentials }) => `Logged in to ${url}. The token is in ${credentials}.${untilWhen(expiresAt)}`,
    );
  },
});

async function confirmed(
  client: Client,
  { deviceCode, expiresIn, interval }: DeviceCodeAnswer,
): Promise<DeviceGrantedAnswer> {
  const until = performance.now() + expiresIn * 1000;
  let pause = interval;
  while (performance.now() < until) {
    await sleep(pause * 1000);
    const polled = await client.post<Polled>('/v1/device/token', { body: { deviceCode, name: tokenName() } });
    if ('token' in polled) return polled;
    if (polled.status === 'slow_down') pause += slowDownSeconds;
  }
  throw new Failure('expired', 'Nobody confirmed the code in time. Run `assent login` again for a new one.');
}

function untilWhen(expiresAt: string | null): string {
  return expiresAt === null ? '' : ` It works until ${localTime(expiresAt)}; then log in again like this.`;
}

/** What the token is called in `assent tokens list`. */
function tokenName(): string {
  return (
    hostname()
      .replace(/[^\x20-\x7e]/g, '')
      .slice(0, 100) || 'command line'
  );
}
