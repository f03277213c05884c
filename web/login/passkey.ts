import {
  browserSupportsWebAuthn,
  browserSupportsWebAuthnAutofill,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  WebAuthnAbortService,
} from '@simplewebauthn/browser';
import { ask, askForSession } from '../api/fetch.ts';
import { passkeyWords } from '../api/passkey-words.ts';

// The login page's one script: it shows the button that signs in with a passkey, where the browser knows passkeys. All else
// on that page works without it.
const place = document.getElementById('passkey');
const button = place?.querySelector('button');
const trouble = place?.querySelector('p');

if (place && button && trouble && browserSupportsWebAuthn()) {
  // The gateway wrote it, and only ever a path of its own.
  const next = place.dataset.next ?? '/';
  const offering = new AbortController();
  let offered = Promise.resolve(false);
  // The browser keeps one challenge, in one cookie: what the e-mail field offers is over before the button asks for another.
  const signInByButton = async () => {
    button.disabled = true;
    offering.abort();
    if (await offered) return;
    await signIn(next, trouble);
    button.disabled = false;
  };
  place.hidden = false;
  button.addEventListener('click', () => void signInByButton());
  if ((await browserSupportsWebAuthnAutofill()) && !offering.signal.aborted)
    offered = signIn(next, trouble, offering.signal);
}

/**
 * Signs in, and says whether it did. `offer` is for what the browser offers in the e-mail field: that waits until a passkey is
 * chosen there, says nothing till then, and ends with the signal unless one has been chosen.
 */
async function signIn(next: string, trouble: HTMLElement, offer?: AbortSignal): Promise<boolean> {
  trouble.hidden = true;
  let isChosen = offer === undefined;
  try {
    const options = await ask<PublicKeyCredentialRequestOptionsJSON>(
      'GET',
      '/v1/auth/passkey/generate-authenticate-options',
    );
    const optionsJSON = { ...options, userVerification: 'required' } as const;
    const chosen = startAuthentication({ optionsJSON, useBrowserAutofill: offer !== undefined });
    const response = await (offer === undefined ? chosen : Promise.race([chosen, ended(offer)]));
    isChosen = true;
    await askForSession('POST', '/v1/auth/passkey/verify-authentication', { response });
    window.location.assign(next);
    return true;
  } catch (thrown) {
    if (isChosen) {
      trouble.textContent = passkeyWords(thrown);
      trouble.hidden = false;
    }
    return false;
  }
}

/** Takes back what the browser offers once the signal aborts, and rejects. */
async function ended(offer: AbortSignal): Promise<never> {
  await new Promise<unknown>((resolve) => {
    if (offer.aborted) resolve(undefined);
    else offer.addEventListener('abort', resolve, { once: true });
  });
  WebAuthnAbortService.cancelCeremony();
  throw new Error('the button was pressed instead');
}
