import { sha256 } from '../../lib/hash.ts';
import type { Secret } from '../../lib/secret.ts';
import { tokenHash } from '../../lib/tokens.ts';
import { deleteLinksBefore, redeemLink } from '../../store/one-time-links.ts';
import type { Caller } from '../callers.ts';
import type { Gateway } from '../gateway.ts';
import { callerOfMember, callerOfToken, unauthenticated } from '../people/authenticate.ts';
import { findBrowserSession } from '../people/browser-sessions.ts';
import { newLink } from '../people/one-time-links.ts';

/** How long a ticket for a stream of events can be used. */
const ticketMs = 30_000;

/** Who a ticket was made for, so that they can be asked for again: what ends a token ends what was opened with it. */
export type TicketHolder =
  | { readonly kind: 'session' | 'user'; readonly tokenHash: string }
  | {
      readonly kind: 'member';
      readonly userId: string;
      readonly organizationId: string;
      /** The browser's session. */
      readonly grantId: string;
    };

/**
 * Lets its bearer listen to events as the caller, once, within 30 s: for browsers, whose WebSockets send no header.
 * `token` is what the caller came with, if it was one.
 */
export async function newEventTicket(
  gateway: Gateway,
  caller: Caller,
  token: string | undefined,
): Promise<{ ticket: Secret; expiresAt: number }> {
  const now = gateway.clock();
  const subject = JSON.stringify(holderOf(caller, token));
  const ticket = await gateway.store.write(async (tx) => {
    await deleteLinksBefore(tx, 'event_ticket', now);
    return newLink(tx, {
      purpose: 'event_ticket',
      subject,
      grant_id: null,
      created_at: now,
      expires_at: now + ticketMs,
    });
  });
  return { ticket, expiresAt: now + ticketMs };
}

function holderOf(caller: Caller, token: string | undefined): TicketHolder {
  if (token !== undefined) return { kind: caller.kind, tokenHash: tokenHash(token) };
  if (caller.kind === 'session') throw new TypeError('a session always comes with its token');
  const { userId, organizationId, credential } = caller;
  if (credential === undefined) throw new TypeError('a person always comes with a token or a session');
  return { kind: 'member', userId, organizationId, grantId: credential.id };
}

/** Uses a ticket up. Throws `unauthenticated`. */
export async function redeemEventTicket(gateway: Gateway, ticket: string): Promise<TicketHolder> {
  const subject = await gateway.store.write((tx) =>
    redeemLink(tx, 'event_ticket', sha256(ticket), gateway.clock()),
  );
  if (subject === undefined) {
    throw unauthenticated(
      'This ticket is unknown, was used already, or is older than 30 seconds. POST /v1/events/tickets gives a new one.',
    );
  }
  // Written by `newEventTicket`.
  return JSON.parse(subject) as TicketHolder;
}

/** Throws `unauthenticated` where the holder's token or session has ended, or they are no member any more. */
export async function callerOfTicketHolder(gateway: Gateway, holder: TicketHolder): Promise<Caller> {
  if (holder.kind !== 'member') return callerOfToken(gateway, holder.kind, holder.tokenHash);
  const { userId, organizationId, grantId } = holder;
  if ((await findBrowserSession(gateway, grantId)) === undefined)
    throw unauthenticated('This browser has been signed out.');
  const caller = await callerOfMember(gateway, userId, organizationId);
  return { ...caller, credential: { kind: 'browser_session', id: grantId } };
}
