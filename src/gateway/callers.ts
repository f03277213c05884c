import type { Role } from '../contract/members.ts';
import type { Scope } from '../shared/user-tokens.ts';
import type { SessionPolicy } from '../store/session-policy.ts';
import { GatewayError } from './errors.ts';

/** An agent in its sandbox: invokes, and reads its own. */
export interface SessionCaller {
  readonly kind: 'session';
  readonly sessionId: string;
  readonly organizationId: string;
  readonly automationId: string | null;
  /** Who opened the session; their preferences apply to it. */
  readonly userId: string;
  /** What held for the session when the request came. */
  readonly policy: SessionPolicy;
}

/** The session that a catalog belongs to; a user may look at it too. */
export type SessionScope = Omit<SessionCaller, 'kind'>;

/** By what a person is known: a token by its id, or the session of a browser that is signed in, by its own. */
export type Credential =
  | { readonly kind: 'browser_session'; readonly id: string }
  | { readonly kind: 'user_token'; readonly id: string; readonly scopes: readonly Scope[] };

/** A person: reads what belongs to the organization. */
export interface UserCaller {
  readonly kind: 'user';
  readonly userId: string;
  readonly organizationId: string;
  readonly role: Role;
  /** With what the request came; absent where the gateway acts for them. */
  readonly credential?: Credential;
}

/** A person who may decide and configure. Only `asAdmin` makes one. */
export interface AdminCaller extends UserCaller {
  readonly role: 'owner' | 'admin';
}

export type Caller = SessionCaller | UserCaller;

/** One for each session and for each person, with whichever credential they come: what is shared out is shared among these. */
export function callerKey(caller: Caller): string {
  return caller.kind === 'session' ? `session ${caller.sessionId}` : `user ${caller.userId}`;
}

/** Throws `forbidden` for a session, whatever it holds. */
export function asUser(caller: Caller): UserCaller {
  if (caller.kind === 'user') return caller;
  throw new GatewayError(
    'forbidden',
    'A session token cannot do this. It takes a user token, or a person who is signed in.',
  );
}

/** Throws `forbidden` for a session, and for a member. */
export function asAdmin(caller: Caller): AdminCaller {
  const user = asUser(caller);
  if (user.role === 'owner' || user.role === 'admin') return { ...user, role: user.role };
  throw new GatewayError(
    'forbidden',
    'This takes the role owner or admin; yours is member. Ask an owner of the organization.',
  );
}

/** Throws `forbidden` for a user: nobody invokes in an agent's name. */
export function asSession(caller: Caller): SessionCaller {
  if (caller.kind === 'session') return caller;
  throw new GatewayError(
    'forbidden',
    'Only a session can invoke actions. Open one with `assent sessions create` and use its token.',
  );
}
