import type { FastifyReply } from 'fastify';
import type { SignedIn } from '../auth/open-session.ts';
import { html, sendPage } from './html.ts';

/**
 * Signs a browser in, and leads on to `next`: a path of this site, or its whole address. The page's script puts the session's second
 * secret where only pages of this origin read it; a cookie could not say so, since it knows no port.
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
