import { isHttpHere } from '../lib/loopback.ts';
import { Secret } from '../lib/secret.ts';
import { ConfigError } from './errors.ts';
import type { Env } from './home.ts';
import { secretVariable } from './secret-variable.ts';

/** The one provider of single sign-on (OpenID Connect). */
export interface OidcConfig {
  /** As the provider calls itself, without a slash at the end. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: Secret;
  /** What the button says. */
  readonly name: string;
}

const needed = ['ASSENT_OIDC_ISSUER', 'ASSENT_OIDC_CLIENT_ID', 'ASSENT_OIDC_CLIENT_SECRET'] as const;

/**
 * `undefined` where none is configured. Throws `usage` where only a part is, naming what is missing, and for an issuer that
 * is no address; `unreadable` for a file that cannot be read.
 */
export function oidcConfig(env: Env): OidcConfig | undefined {
  const secret = secretVariable(env, 'ASSENT_OIDC_CLIENT_SECRET');
  const given: Env = { ...env, ASSENT_OIDC_CLIENT_SECRET: secret };
  const missing = needed.filter((name) => !given[name]);
  if (missing.length === needed.length && !env.ASSENT_OIDC_NAME) return undefined;
  const { ASSENT_OIDC_ISSUER, ASSENT_OIDC_CLIENT_ID } = env;
  if (!ASSENT_OIDC_ISSUER || !ASSENT_OIDC_CLIENT_ID || !secret) {
    throw new ConfigError(
      'usage',
      `Single sign-on is configured in part. Set ${missing.join(' and ')} too, or none of the ASSENT_OIDC_ variables.`,
    );
  }
  return {
    issuer: issuer(ASSENT_OIDC_ISSUER),
    clientId: ASSENT_OIDC_CLIENT_ID,
    clientSecret: new Secret(secret),
    name: buttonName(env.ASSENT_OIDC_NAME || 'single sign-on'),
  };
}

/** OpenID Connect Discovery 1.0, section 4: an https address without query or fragment. On this machine http will do. */
function issuer(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !(url.protocol === 'https:' || isHttpHere(url)) || /[?#@\s]/.test(text)) {
    throw new ConfigError(
      'usage',
      'ASSENT_OIDC_ISSUER cannot be used. Give the address that the provider calls itself, like https://login.example.com: https, with neither query nor password.',
    );
  }
  return text.replace(/\/$/, '');
}

function buttonName(text: string): string {
  if (text.length <= 60 && /^\P{Cc}*$/u.test(text)) return text;
  throw new ConfigError('usage', 'ASSENT_OIDC_NAME has at most 60 characters, and no control characters.');
}
