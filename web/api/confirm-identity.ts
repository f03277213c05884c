import { type PublicKeyCredentialRequestOptionsJSON, startAuthentication } from '@simplewebauthn/browser';
import { ask } from './fetch.ts';
import { passkeyWords } from './passkey-words.ts';

/** Shows by their password who sits here; it counts for ten minutes. Throws `ApiError` `forbidden` for a wrong one. */
export async function confirmByPassword(password: string): Promise<void> {
  await ask('POST', '/v1/me/confirm', { password });
}

/** The same by one of their passkeys. Throws an `Error` whose message is for people. */
export async function confirmByPasskey(): Promise<void> {
  try {
    const options = await ask<PublicKeyCredentialRequestOptionsJSON>(
      'GET',
      '/v1/auth/passkey/generate-authenticate-options',
    );
    const response = await startAuthentication({
      optionsJSON: { ...options, userVerification: 'required' },
    });
    await ask('POST', '/v1/auth/passkey/confirm', { response });
  } catch (thrown) {
    throw new Error(passkeyWords(thrown), { cause: thrown });
  }
}
