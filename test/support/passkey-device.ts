import type { Page } from 'playwright-core';

/** A device of the person's, which unlocks itself when it is asked; `knowsPerson` says whether by a PIN or the like. */
export async function addDevice(page: Page, { knowsPerson = true } = {}): Promise<void> {
  const client = await page.context().newCDPSession(page);
  await client.send('WebAuthn.enable');
  await client.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: knowsPerson,
      isUserVerified: knowsPerson,
      automaticPresenceSimulation: true,
    },
  });
}
