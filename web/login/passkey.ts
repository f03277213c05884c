import {
  browserSupportsWebAuthn,
  browserSupportsWebAuthnAutofill,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
} from '@simplewebauthn/browser';
import { ask } from '../api/fetch.ts';
import { passkeyWords } from '../api/passkey-words.ts';

// The login page's one script: it shows the button that signs in with a passkey, where the browser knows passkeys. All else
// on that page works without it.
const place = document.getElementById('passkey');
const button = place?.querySelector('button');
const trouble = place?.querySelector('p');

if (place && button && trouble && browserSupportsWebAuthn()) {
  // The gateway wrote it, and only ever a path of its own.
  const next = place.dataset.next ?? '/';
  place.hidden = false;
  button.addEventListener('click', () => void signIn(false, next, button, trouble));
  if (await browserSupportsWebAuthnAutofill()) void signIn(true, next, button, trouble);
}

/** `byAutofill` waits until a passkey is chosen from what the browser offers in the e-mail field, and says nothing till then. */
async function signIn(
  byAutofill: boolean,
  next: string,
  button: HTMLButtonElement,
  trouble: HTMLElement,
): Promise<void> {
  trouble.hidden = true;
  button.disabled = !byAutofill;
  let isChosen = !byAutofill;
  try {
    const options = await ask<PublicKeyCredentialRequestOptionsJSON>(
      'GET',
      '/v1/auth/passkey/generate-authenticate-options',
    );
    const optionsJSON = { ...options, userVerification: 'required' } as const;
    const response = await startAuthentication({ optionsJSON, useBrowserAutofill: byAutofill });
    isChosen = true;
    await ask('POST', '/v1/auth/passkey/verify-authentication', { response });
    window.location.assign(next);
  } catch (thrown) {
    if (isChosen) {
      trouble.textContent = passkeyWords(thrown);
      trouble.hidden = false;
    }
  } finally {
    if (!byAutofill) button.disabled = false;
  }
}
