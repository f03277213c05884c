import { isIP } from 'node:net';
import type { WaysHere } from '../../gateway/people/sign-in-methods.ts';

/** By what people can sign in under this address. A passkey belongs to a name (WebAuthn, "RP ID"): at a bare address there are none. */
export function waysHere(publicUrl: string, issuer: string | undefined): WaysHere {
  const host = new URL(publicUrl).hostname.replace(/^\[|\]$/g, '');
  return { issuer, takesPasskeys: isIP(host) === 0 };
}
