import { z } from 'zod';
import { hasAccount } from '../../gateway/people/accounts.ts';
import { makeAddressFamiliar } from '../../gateway/people/familiar.ts';
import { acceptInvitation, invitationOfLink } from '../../gateway/people/one-time-links.ts';
import { guessing } from '../../gateway/people/sign-in-attempts.ts';
import { refuseForeignOrigin } from '../access.ts';
import { clientNetwork } from '../auth/client-network.ts';
import { webHeaders } from '../connections/web-request.ts';
import type { Pages } from '../context.ts';
import { html, orErrorPage, sendPage } from './html.ts';
import { somebodyElse, somebodyElseText } from './login-by-link.ts';

const config = { access: 'public' } as const;
const hide = true;
const token = z.string().max(200).default('');
const form = z.object({
  token,
  name: z
    .string()
    .trim()
    .max(100)
    .regex(/^\P{Cc}*$/u)
    .default(''),
  password: z.string().max(200),
});

/** Where an invited person joins: with a new password, or with the one they have. */
export const invitePages: Pages = async (app, context) => {
  const { gateway } = context;
  const invitation = (headers: Headers, token: string) =>
    guessing(gateway, 'link', { address: clientNetwork(headers) }, () => invitationOfLink(gateway, token));

  app.get('/invite', { config, schema: { hide, querystring: z.object({ token }) } }, async (request, reply) =>
    orErrorPage(reply, async () => {
      const { email, role } = await invitation(webHeaders(request), request.query.token);
      const known = await hasAccount(gateway, email);
      const present = await somebodyElse(context, request, email);
      const name = known
        ? html``
        : html`<label>Your name <input name="name" required autofocus autocomplete="name"></label>`;
      return sendPage(
        reply,
        'Join',
        html`<p>You are invited as <strong>${role}</strong>, with the address <strong>${email}</strong>.</p>
${somebodyElseText(present, email)}
<form method="post" action="/invite"><input type="hidden" name="token" value="${request.query.token}">
${name}<label>${known ? 'Your password' : 'A new password, 10 characters or more'}
<input name="password" type="password" required autocomplete="${known ? 'current-password' : 'new-password'}"></label>
<button>Join</button></form>`,
      );
    }),
  );

  app.post('/invite', { config, schema: { hide, body: form } }, async (request, reply) =>
    orErrorPage(reply, async () => {
      refuseForeignOrigin(context, request);
      const { token, name, password } = request.body;
      const headers = webHeaders(request);
      const { email } = await invitation(headers, token);
      const auth = context.auth();
      if (!(await hasAccount(gateway, email))) {
        await auth.createUser({ email, name: name || email, password });
        // To sign in with the password that was just set is no guess, and waits for nobody else's.
        await makeAddressFamiliar(gateway, { account: email, address: clientNetwork(headers) });
      }
      const { userId, cookies } = await auth.logInWithPassword(email, password, headers);
      await acceptInvitation(gateway, token, userId);
      return reply.header('set-cookie', cookies).redirect('/', 303);
    }),
  );
};
