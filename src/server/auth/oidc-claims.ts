import { z } from 'zod';
import { refuseAnswer } from './provider-errors.ts';

/** What a provider tells of somebody's e-mail address (OpenID Connect Core 1.0, section 5.1). */
export interface Address {
  /** As the provider writes it. */
  readonly email: string;
  /** Whether the provider has made sure that it is theirs, and it can be compared with those here. */
  readonly isProven: boolean;
}

const subject = z.string().min(1).max(255);
const address = z.object({ email: z.string().min(1).max(254), email_verified: z.unknown().optional() });

/** Who an ID token is about. Throws `RefusedAnswer`. */
export function subjectIn({ sub }: { readonly sub: unknown }): string {
  const parsed = subject.safeParse(sub);
  return parsed.success ? parsed.data : refuseAnswer('no_subject', 'the ID token names nobody');
}

export function addressIn(claims: object): Address | undefined {
  const parsed = address.safeParse(claims);
  if (!parsed.success) return undefined;
  const { email, email_verified: isVerified } = parsed.data;
  return { email, isProven: isVerified === true && isPlain(email) };
}

/** Addresses are compared in small letters, and some letters of other scripts become ASCII ones by that. */
function isPlain(email: string): boolean {
  return /^[\x21-\x7e]+$/.test(email);
}
