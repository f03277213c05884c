import type { FastifyReply } from 'fastify';
import type { SignedIn } from '../auth/open-session.ts';
import { html, sendPage } from './html.ts';

// How the second secret of a session comes to a browser, and how it comes back in the forms of these pages. A cookie could not say
// so, since it knows no port; what a page keeps is read by pages of its own origin alone.

/**
 * Signs a browser in, and leads on to `next`: a path of this site, or its whole address. The page's script keeps the secret.
 */
export function sendArrival(reply: FastifyReply, { cookies, secret }: SignedIn, next: string): FastifyReply {
  return sendPage(
    reply.header('set-cookie', cookies),
    'You are signed in',
    html`<p><a class="button" id="next" href="${next}" data-secret="${secret.reveal()}">Continue</a></p>
<noscript><p class="problem">Assent needs JavaScript from here on. Allow it for this site, and sign in again.</p></noscript>`,
    { head: html`<script type="module" src="/assets/arrival.js"></script>` },
  );
}

/** A field of a form that the script fills with the session's second secret, which pages of this origin alone have. */
export const pageSecretField = html`<input type="hidden" name="pageSecret" data-page-secret>`;

/** What fills it; for the page's head. */
export const pageSecretScript = html`<script type="module" src="/assets/page-secret.js"></script>`;
