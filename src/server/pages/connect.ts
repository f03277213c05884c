import { z } from 'zod';
import { findPerson } from '../../gateway/people/me.ts';
import { visibleName } from '../../shared/look-alikes.ts';
import { pageSession, refuseForeignOrigin } from '../access.ts';
import { signedOut } from '../auth/browser-session.ts';
import { configuredSignOn } from '../auth/single-sign-on.ts';
import { webHeaders } from '../connections/web-request.ts';
import type { Pages } from '../context.ts';
import { html, orErrorPage, sendPage } from './html.ts';
import { pageSecretField, pageSecretScript } from './page-secret.ts';
import { sendProblem } from './sign-on-problems.ts';

const config = { access: 'public' } as const;
const hide = true;
const form = z.object({ pageSecret: z.string().max(64).optional() });

/** Where a browser that has come back from the provider is asked whether to connect. */
export const connectPath = '/login/oidc/connect';

/** Asks, naming both accounts, before one of the provider's signs somebody in here. */
export const connectPages: Pages = async (app, context) => {
  app.get(connectPath, { config, schema: { hide } }, async (request, reply) =>
    orErrorPage(reply, async () => {
      const { asked, name } = configuredSignOn(context.auth());
      const { by, subject, email } = await asked.find(webHeaders(request));
      const person = await findPerson(context.gateway, by.userId);
      // An address alone would not do: providers take any that somebody gives.
      const account =
        email === undefined
          ? html`<strong>${visibleName(subject)}</strong>`
          : html`<strong>${visibleName(email)}</strong> (its id there is ${visibleName(subject)})`;
      return sendPage(
        reply,
        'Connect this account?',
        html`<p>Whoever signs in at ${name} as ${account} is then signed in here as
<strong>${visibleName(person.name)}</strong>, <strong>${person.email}</strong>.</p>
<p>Go on only if both are you.</p>
<form method="post" action="${connectPath}">${pageSecretField}<button>Connect</button></form>
<p><a href="/settings">Do not connect</a></p>`,
        { head: pageSecretScript },
      );
    }),
  );

  app.post(connectPath, { config, schema: { hide, body: form } }, async (request, reply) =>
    orErrorPage(reply, async () => {
      refuseForeignOrigin(context, request);
      const { asked, name } = configuredSignOn(context.auth());
      if ((await pageSession(context, request, request.body.pageSecret)) === undefined) throw signedOut();
      const connected = await asked.connect(webHeaders(request));
      void reply.header('set-cookie', connected.cookies);
      if ('refused' in connected) return sendProblem(reply, connected.refused, name);
      return reply.redirect(connected.next, 303);
    }),
  );
};
