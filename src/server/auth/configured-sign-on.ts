import type { Auth } from './auth.ts';
import { AuthError } from './auth-error.ts';
import type { SingleSignOn } from './single-sign-on.ts';

/** The gateway's single sign-on. Throws `not_found` where it has none. */
export function configuredSignOn({ singleSignOn }: Auth): SingleSignOn {
  if (singleSignOn !== undefined) return singleSignOn;
  throw new AuthError(
    'not_found',
    'This gateway has no single sign-on. Whoever runs it sets one up with ASSENT_OIDC_ISSUER.',
  );
}
