import { readCredentials, writeCredentials } from '../config/credentials.ts';
import type { GatewayConfig } from '../config/gateway.ts';
import { newLoginLink, newRecoveryLink } from '../gateway/people/login-links.ts';
import { createToken, listTokens } from '../gateway/people/tokens.ts';
import { linkTo } from '../server/pages/links.ts';
import { type RunningGateway, start } from './start.ts';

/**
 * `assent up`: runs until a signal asks it to stop, and then ends without losing anything. The first line on standard
 * output is `listening on <address>`. `recover` is the address of somebody who has lost their ways in: a link that lets them
 * set new ones is printed too. Throws `AssentError` with what to do where it cannot start.
 */
export async function up(config: GatewayConfig, recover?: string): Promise<void> {
  // Whatever is written from here on, the database and its log included, is its owner's alone.
  process.umask(0o077);
  const asked = stopSignal();
  const running = await start(config);
  const recovery = recover === undefined ? undefined : await recoveryLine(running, recover);
  const isFirst = await isFirstStart(running);
  if (isFirst) await writeOwnersCredentials(config, running);
  if (running.putAside !== undefined)
    process.stderr.write(`The database that was there is kept as ${running.putAside}\n`);
  process.stdout.write(`listening on ${running.address}\n`);
  if (recovery !== undefined) process.stdout.write(recovery);
  await tellOwner(config, running, isFirst);
  if (running.metricsUrl !== undefined) process.stdout.write(`metrics: ${running.metricsUrl}\n`);
  const signal = await asked;
  process.stderr.write(`${signal}: finishing what is under way; a second signal ends at once\n`);
  process.once(signal, () => process.exit(1));
  await running.stop();
}

/** A person who can start the gateway on its data may do anything with it: this link counts as a fresh sign-in, and no other does. */
async function recoveryLine(running: RunningGateway, email: string): Promise<string> {
  try {
    const secret = await newRecoveryLink(running.gateway, email);
    const link = linkTo(running.publicUrl, 'login', secret.reveal());
    return `sign in as ${email}, once, within 15 minutes: ${link}\n`;
  } catch (error) {
    await running.stop();
    throw error;
  }
}

/** Also where an earlier first start ended before it had told the owner anything: without a token, nobody can come in. */
async function isFirstStart({ gateway, owner }: RunningGateway): Promise<boolean> {
  return owner.isNew || (await listTokens(gateway, { kind: 'user', role: 'owner', ...owner })).length === 0;
}

/** So that every other command on this machine just works. */
async function writeOwnersCredentials(config: GatewayConfig, running: RunningGateway): Promise<void> {
  const { value } = await createToken(running.gateway, running.owner, 'first start');
  writeCredentials(config.home, { url: running.publicUrl, token: value });
}

async function tellOwner(config: GatewayConfig, running: RunningGateway, isFirst: boolean): Promise<void> {
  if (isFirst) {
    const secret = await newLoginLink(running.gateway, running.owner.userId, null);
    const link = linkTo(running.publicUrl, 'login', secret.reveal());
    process.stdout.write(`sign in, once, within 15 minutes: ${link}\n`);
    return;
  }
  process.stdout.write(`page: ${running.publicUrl}\n`);
  await followAddress(config, running);
}

/** The owner's credentials keep working when the gateway has moved to another port. */
async function followAddress(config: GatewayConfig, running: RunningGateway): Promise<void> {
  const credentials = readCredentials(config.home);
  if (credentials === undefined || credentials.url === running.publicUrl) return;
  if (await belongsHere(running, credentials.token.reveal())) {
    writeCredentials(config.home, { url: running.publicUrl, token: credentials.token });
  }
}

async function belongsHere(running: RunningGateway, token: string): Promise<boolean> {
  const { authenticate } = await import('../gateway/people/authenticate.ts');
  try {
    return (await authenticate(running.gateway, token)).kind === 'user';
  } catch {
    return false;
  }
}

function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(signal));
  });
}
