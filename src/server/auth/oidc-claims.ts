import { randomUUID } from 'node:crypto';
import { z } from 'zod';

/** What is read of OpenID Connect Core 1.0, section 5.1. */
const claims = z.object({
  sub: z.string().min(1).max(255),
  email: z.string().max(254).optional(),
  email_verified: z.unknown().optional(),
});
type Claims = z.infer<typeof claims>;

/** Somebody as better-auth asks for them. */
export interface Person {
  readonly id: string;
  readonly sub: string;
  readonly email: string;
  readonly emailVerified: boolean;
}

interface Tokens {
  readonly idToken?: string | undefined;
  readonly accessToken?: string | undefined;
}

/** How long the identity provider may take to say more about a user. */
const patienceMs = 10_000;

/** Who an ID token is about; its signature, issuer, audience and nonce are checked already. `null` where that is nobody. */
export async function personOf(tokens: Tokens, userInfoUrl: string | undefined): Promise<Person | null> {
  // Without one, nothing is signed that says who this is.
  if (tokens.idToken === undefined) return null;
  const parsed = claims.safeParse(payloadOf(tokens.idToken));
  if (!parsed.success) return null;
  const told = parsed.data;
  const full = told.email === undefined ? await withUserInfo(told, tokens, userInfoUrl) : told;
  const { getOAuthState } = await import('better-auth/api');
  const connecting = (await getOAuthState())?.link;
  const id = { id: full.sub, sub: full.sub };
  // Who connects an account is known by their session: the address that the provider has does not matter.
  if (connecting !== undefined) return { ...id, email: connecting.email, emailVerified: true };
  return {
    ...id,
    // A connected account needs no address, but better-auth does; nobody can have this one.
    email: full.email ?? `${randomUUID()}@no-address.invalid`,
    emailVerified: full.email_verified === true && isPlain(full.email),
  };
}

/** Addresses are compared in small letters, and some letters of other scripts become ASCII ones by that. */
function isPlain(email: string | undefined): boolean {
  return email !== undefined && /^[\x21-\x7e]+$/.test(email);
}

/** Providers may keep the address for their UserInfo endpoint, which must speak of the same person (section 5.3.2). */
async function withUserInfo(
  told: Claims,
  { accessToken }: Tokens,
  userInfoUrl: string | undefined,
): Promise<Claims> {
  if (userInfoUrl === undefined || accessToken === undefined) return told;
  const info = claims.safeParse(await ask(userInfoUrl, accessToken));
  return info.success && info.data.sub === told.sub ? info.data : told;
}

/** `undefined` where no JSON comes. */
async function ask(userInfoUrl: string, accessToken: string): Promise<unknown> {
  try {
    const response = await fetch(userInfoUrl, {
      headers: { authorization: `Bearer ${accessToken}`, accept: 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(patienceMs),
    });
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}

function payloadOf(token: string): unknown {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
}
