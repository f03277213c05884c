import { type PublicKeyCredentialCreationOptionsJSON, startRegistration } from '@simplewebauthn/browser';
import { ask } from './fetch.ts';
import { passkeyWords } from './passkey-words.ts';

/**
 * Makes a passkey on a device or key that the person chooses, and gives it to their account under a name of 1 to 100
 * characters. Throws an `Error` whose message is for people.
 */
export async function registerPasskey(name: string): Promise<void> {
  try {
    const optionsJSON = await ask<PublicKeyCredentialCreationOptionsJSON>(
      'GET',
      '/v1/auth/passkey/generate-register-options',
    );
    const response = await startRegistration({ optionsJSON });
    await ask('POST', '/v1/auth/passkey/verify-registration', { response, name });
  } catch (thrown) {
    throw new Error(passkeyWords(thrown), { cause: thrown });
  }
}
