import { randomBytes } from 'node:crypto';
import { findAttempts, keepAttempts } from '../../store/sign-in-attempts.ts';
import type { Gateway } from '../gateway.ts';

/** How long after a sign-in with a password its browser and its address stay familiar. */
export const familiarSeconds = 90 * 24 * 3600;
/** What a browser is given to show: 128 random bits. */
export const familiarForm = /^[\w-]{22}$/;

/** Who signs in from where. */
export interface Client {
  /** The e-mail address, as it was typed, in lower case. */
  readonly account: string | undefined;
  readonly address: string | undefined;
  /** What the browser shows of an earlier sign-in, if it shows anything. */
  readonly browser: string | undefined;
}

/** What the tries of a familiar browser are counted under, or else those of a familiar address; `undefined` for a stranger. */
export async function familiarKey(gateway: Gateway, client: Client): Promise<string | undefined> {
  const keys = [keyOf(gateway, client, 'browser'), keyOf(gateway, client, 'address')];
  const found = await findAttempts(gateway.store.db, keys, gateway.clock());
  return keys.find((key) => found.has(key));
}

/**
 * Keeps in mind from where somebody has signed in to an account: returns what their browser is to show from now on. One that
 * shows what this gateway never gave it, or gave it for somebody else, gets a new one: nobody chooses it for another.
 */
export async function becomeFamiliar(gateway: Gateway, client: Client): Promise<string> {
  const shown = keyOf(gateway, client, 'browser');
  const known = await findAttempts(gateway.store.db, [shown], gateway.clock());
  const isKnown = client.browser !== undefined && known.has(shown);
  const browser = isKnown ? client.browser : randomBytes(16).toString('base64url');
  await keep(gateway, [keyOf(gateway, { ...client, browser }, 'browser'), keyOf(gateway, client, 'address')]);
  return browser;
}

/** In the order in which `holdAttempts` holds them. */
async function keep({ store, clock }: Gateway, keys: readonly string[]): Promise<void> {
  const expiresAt = clock() + familiarSeconds * 1000;
  await store.write(async (tx) => {
    for (const key of keys.toSorted()) await keepAttempts(tx, key, expiresAt);
  }, 'committed');
}

function keyOf({ hashAttempt }: Gateway, client: Partial<Client>, by: 'browser' | 'address'): string {
  return hashAttempt(JSON.stringify(['familiar', by, client.account ?? '', client[by] ?? '']));
}
