import type { OidcStartAnswer, PasswordBody } from '../../src/contract/me.ts';
import { ask } from './fetch.ts';

/** All other browsers of the person are signed out. Throws `ApiError` `forbidden` for a wrong current password. */
export function setPassword(body: PasswordBody): Promise<unknown> {
  return ask('PUT', '/v1/me/password', body);
}

/** Goes to the provider's own page, which leads back to `next`, a path of this page. */
export async function connectSingleSignOn(next: string): Promise<void> {
  const { url } = await ask<OidcStartAnswer>('POST', '/v1/me/oidc', { next });
  const { protocol } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'http:')
    throw new TypeError('The provider is not on the web; its address cannot be opened.');
  window.location.assign(url);
}

export function disconnectSingleSignOn(): Promise<unknown> {
  return ask('DELETE', '/v1/me/oidc');
}
