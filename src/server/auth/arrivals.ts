import { leaveBrowserSession, wasProven } from '../../gateway/people/browser-sessions.ts';
import { ownerByAccount, standingOf } from '../../gateway/people/provider-accounts.ts';
import type { SignOn } from '../../gateway/people/sign-on-states.ts';
import type { AskedConnections } from './asked-connections.ts';
import type { Identity } from './oidc-client.ts';
import type { SignedIn } from './open-session.ts';
import type { SignOnParts } from './sign-on-parts.ts';
import type { SignOnProblem } from './sign-on-problem.ts';

/** What becomes of somebody who has come back from the provider. */
export type Arrival =
  /**
   * Also who has confirmed that it is them: their session may have ended meanwhile, and may be open in other browsers, which have
   * confirmed nothing. The browser that has come back is signed in anew, and counts as proven.
   */
  | {
      readonly kind: 'signed_in';
      readonly next: string;
      readonly signedIn: SignedIn;
      readonly cookies: string[];
    }
  /** Before their account is connected they are asked, by the page that `AskedConnections` is for. */
  | { readonly kind: 'asked'; readonly cookies: string[] }
  | Refusal;

/** `code` and `reason` are for the log. */
export interface Refusal {
  readonly kind: 'refused';
  readonly purpose: SignOn['purpose'];
  readonly problem: SignOnProblem;
  readonly code: string;
  readonly reason?: string;
  readonly cookies: string[];
}

/** Does what somebody has begun, as whom the provider says that they are. Throws `unavailable`. */
export async function arrive(
  parts: SignOnParts,
  asked: AskedConnections,
  signOn: SignOn,
  identity: Identity,
  headers: Headers,
): Promise<Arrival> {
  if (signOn.purpose === 'sign_in') return signIn(parts, signOn, identity, headers);
  const { gateway, provider } = parts;
  const { purpose, by, next } = signOn;
  const { subject } = identity;
  const standing = await standingOf(gateway, by.userId, { issuer: provider.issuer, subject });
  if (purpose === 'confirm') {
    if (standing !== 'connected') return refusal(purpose, 'another');
    await leaveBrowserSession(gateway, by.userId, by.sessionId);
    return signIn(parts, signOn, identity, headers);
  }
  if (standing === 'taken' || standing === 'second') return refusal(purpose, standing);
  const email = (await identity.address())?.email;
  return { kind: 'asked', cookies: await asked.ask({ next, by, subject, email }) };
}

async function signIn(
  { gateway, provider, signIn }: SignOnParts,
  { next, asksAgain }: SignOn,
  { subject, address, authTime }: Identity,
  headers: Headers,
): Promise<Arrival> {
  const owner = await ownerByAccount(gateway, { issuer: provider.issuer, subject }, async () => {
    const told = await address();
    return told?.isProven === true ? told.email : undefined;
  });
  if ('refused' in owner) return refusal('sign_in', owner.refused);
  // A provider that has known the browser for days shows no more than the browser would.
  const isProven = asksAgain || (authTime !== undefined && wasProven(gateway, authTime * 1000));
  const { userId, accountId: cameBy } = owner;
  const signedIn = await signIn({ userId, cameBy, method: 'single_sign_on', isProven }, headers);
  return { kind: 'signed_in', next, signedIn, cookies: [] };
}

function refusal(purpose: SignOn['purpose'], problem: SignOnProblem): Refusal {
  return { kind: 'refused', purpose, problem, code: problem, cookies: [] };
}
