import { z } from 'zod';
import { redeemLoginLink } from '../../gateway/one-time-links.ts';
import { refuseForeignOrigin } from '../access.ts';
import type { Routes } from '../context.ts';
import { webHeaders } from '../web-request.ts';
import { html, sendPage } from './html.ts';
import { orErrorPage } from './page-errors.ts';

const config = { access: 'public' } as const;
const hide = true;

/** Where to go afterwards: a path of this site, never another one. */
const next = z
  .string()
  .max(300)
  .regex(/^\/(?![/\\])[\x21-\x7e]*$/)
  .catch('/');
const link = z.object({ token: z.string().max(200).optional(), next });
const form = z.object({
  token: z.string().max(200).optional(),
  email: z.string().max(254).optional(),
  password: z.string().max(200).optional(),
  next,
});

export const loginPages: Routes = async (app, context) => {
  app.get('/login', { config, schema: { hide, querystring: link } }, async (request, reply) => {
    const { token, next } = request.query;
    const fields =
      token === undefined
        ? html`<label>E-mail <input name="email" type="email" autocomplete="username" required autofocus></label>
<label>Password <input name="password" type="password" autocomplete="current-password" required></label>`
        : html`<input type="hidden" name="token" value="${token}"><p>This link signs you in on this browser, once.</p>`;
    return sendPage(
      reply,
      'Sign in',
      html`<form method="post" action="/login">${fields}<input type="hidden" name="next" value="${next}"><button>Sign in</button></form>
<p class="hint">No password yet? On the machine where you use the command line, <code>assent login --link</code> prints a link that signs you in here.</p>`,
    );
  });

  app.post('/login', { config, schema: { hide, body: form } }, async (request, reply) =>
    orErrorPage(reply, async () => {
      refuseForeignOrigin(context, request);
      const { token, email = '', password = '', next } = request.body;
      const auth = context.auth();
      const cookies =
        token === undefined
          ? (await auth.logInWithPassword(email, password, webHeaders(request))).cookies
          : await auth.logIn(await redeemLoginLink(context.gateway, token));
      return reply.header('set-cookie', cookies).redirect(next, 303);
    }),
  );
};
