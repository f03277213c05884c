import { randomBytes, randomInt } from 'node:crypto';
import { sha256 } from '../../lib/hash.ts';
import { newId } from '../../lib/ids.ts';
import type { Secret } from '../../lib/secret.ts';
import * as store from '../../store/device-codes.ts';
import type { DeviceCodeRow } from '../../store/tables.ts';
import { GatewayError } from '../errors.ts';
import { type Gateway, inTransaction } from '../gateway.ts';
import { callerOfMember } from './authenticate.ts';
import { longestUserAgent } from './browser-sessions.ts';
import { addGrant, ending } from './grants.ts';
import { makeToken } from './tokens.ts';

/** How long a command line can be let in by its code, in seconds. */
export const deviceCodeSeconds = 600;
/** Between two questions of a command line whether it was let in, in seconds. */
export const deviceIntervalSeconds = 2;

/** A command line's two codes (RFC 8628): one that it keeps, and one that a person types. */
export interface DeviceCodes {
  readonly deviceCode: string;
  /** Eight letters, and a dash between four and four. */
  readonly userCode: string;
}

/** Who asks to be let in, as the person who decides is to see it. */
export interface Requester {
  readonly address: string;
  readonly userAgent: string;
}

/** Begins a login of a command line. */
export async function beginDeviceLogin(gateway: Gateway, requester: Requester): Promise<DeviceCodes> {
  const now = gateway.clock();
  const deviceCode = randomBytes(32).toString('hex');
  const userCode = newUserCode();
  await gateway.store.write(async (tx) => {
    await store.insertDeviceCode(tx, {
      id: newId(),
      device_hash: sha256(deviceCode),
      user_code_hash: userCodeHash(userCode),
      status: 'waiting',
      address: requester.address,
      user_agent: requester.userAgent.slice(0, longestUserAgent),
      created_at: now,
      expires_at: now + deviceCodeSeconds * 1000,
      polled_at: null,
    });
  });
  return { deviceCode, userCode };
}

/** Without vowels, so that no code is a word, and without what looks alike (RFC 8628, section 6.1). */
const letters = 'BCDFGHJKLMNPQRSTVWXZ';

/** Eight letters of twenty: 34 bits, for ten minutes. */
function newUserCode(): string {
  const four = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('');
  return `${four()}-${four()}`;
}

/** As people type it: in small letters, without the dash. */
function userCodeHash(typed: string): string {
  return sha256(typed.toUpperCase().replaceAll(/[^A-Z]/g, ''));
}

/** A login that waits for a person. */
export interface WaitingLogin extends Requester {
  /** Milliseconds. */
  readonly since: number;
}

/** Who waits under a code. Throws `expired` where nobody does. */
export async function readDeviceLogin(gateway: Gateway, userCode: string): Promise<WaitingLogin> {
  const { address, user_agent: userAgent, created_at: since } = await waitingCode(gateway, userCode);
  return { address, userAgent, since };
}

async function waitingCode(gateway: Gateway, userCode: string): Promise<DeviceCodeRow> {
  const found = await store.findWaitingCode(gateway.store.db, userCodeHash(userCode), gateway.clock());
  if (found === undefined) throw noSuchCode();
  return found;
}

function noSuchCode(): GatewayError {
  return new GatewayError(
    'expired',
    'No command line waits under this code: it was mistyped, decided already, or is older than ten minutes. Check it, or start the login again.',
  );
}

/**
 * Lets the command line of a code in, from a browser's session: it gets a token only as long as that session lasts.
 * Throws `expired` where the code or the session is over.
 */
export async function approveDeviceLogin(
  gateway: Gateway,
  session: { readonly id: string; readonly userId: string },
  userCode: string,
): Promise<void> {
  const { id, expires_at: expiresAt } = await waitingCode(gateway, userCode);
  const now = gateway.clock();
  await gateway.store.write(async (tx) => {
    const parentId = session.id;
    await addGrant(tx, { id, kind: 'device_code', user_id: session.userId, parentId, expiresAt }, now);
    if (!(await store.decideCode(tx, id, 'approved', now))) throw noSuchCode();
  });
  gateway.log.info({ userId: session.userId }, 'command line let in');
}

/** Refuses the command line of a code, once and for all. Throws `expired` where the code was decided already. */
export async function denyDeviceLogin(gateway: Gateway, userCode: string): Promise<void> {
  const { id } = await waitingCode(gateway, userCode);
  const decided = await gateway.store.write((tx) => store.decideCode(tx, id, 'denied', gateway.clock()));
  if (!decided) throw noSuchCode();
}

export type Polled =
  | { readonly status: 'pending' | 'slow_down' }
  | { readonly status: 'approved'; readonly token: Secret; readonly expiresAt: string | null };

/**
 * What became of a command line's code. The token comes from the session that let it in, and is given once.
 * Throws `denied`, `expired`, and `invalid_request` for a code that is none, or no more.
 */
export async function pollDeviceLogin(gateway: Gateway, deviceCode: string, name: string): Promise<Polled> {
  const now = gateway.clock();
  const code = await store.findDeviceCode(gateway.store.db, sha256(deviceCode));
  if (code === undefined) throw unknownCode();
  if (code.expires_at <= now)
    throw new GatewayError('expired', 'The code has expired. Start the login again.');
  if (code.status === 'denied') throw new GatewayError('denied', 'The login was denied in the browser.');
  if (code.status === 'waiting') {
    const interval = deviceIntervalSeconds * 1000;
    const isInTime = await gateway.store.write((tx) => store.pollCode(tx, code.id, now, interval));
    return { status: isInTime ? 'pending' : 'slow_down' };
  }
  return { status: 'approved', ...(await giveToken(gateway, code, name)) };
}

async function giveToken(
  gateway: Gateway,
  { id }: DeviceCodeRow,
  name: string,
): Promise<{ token: Secret; expiresAt: string | null }> {
  return ending(gateway, { by: '', why: 'the command line was let in' }, async (tx, { letGo }) => {
    const isFirst = await store.takeApprovedCode(tx, id);
    const [grant] = await letGo([id]);
    // The session that has let it in; without its grant, that has been signed out since.
    const sessionId = grant?.parent_id;
    if (!isFirst || grant === undefined || !sessionId) throw unknownCode();
    const caller = await callerOfMember(inTransaction(gateway, tx), grant.user_id);
    const credential = { kind: 'browser_session', id: sessionId } as const;
    const { value, token } = await makeToken(tx, { ...caller, credential }, name, gateway.clock());
    return { token: value, expiresAt: token.expiresAt };
  });
}

/** Also for a code that was taken already, or whose browser has been signed out since. */
function unknownCode(): GatewayError {
  return new GatewayError('invalid_request', 'There is no such device code. Start the login again.');
}
