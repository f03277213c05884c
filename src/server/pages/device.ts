import { z } from 'zod';
import { signedInUser } from '../access.ts';
import { webHeaders } from '../connections/web-request.ts';
import type { Pages } from '../context.ts';
import { html, orErrorPage, sendPage } from './html.ts';

const config = { access: 'public' } as const;
const hide = true;
const code = z
  .string()
  .max(20)
  .regex(/^[A-Za-z0-9-]*$/);
const decision = z.object({ user_code: code, decision: z.enum(['approve', 'deny']) });

/** Where a person lets a command line in that shows a code (RFC 8628). */
export const devicePages: Pages = async (app, context) => {
  app.get(
    '/device',
    { config, schema: { hide, querystring: z.object({ user_code: code.default('') }) } },
    async (request, reply) =>
      orErrorPage(reply, async () => {
        const userCode = request.query.user_code;
        if ((await signedInUser(context, request)) === undefined) {
          return reply.redirect(`/login?next=${encodeURIComponent(`/device?user_code=${userCode}`)}`, 303);
        }
        if (userCode === '') return sendPage(reply, 'Let a command line in', askForCode);
        await context.auth().device.expect(userCode, webHeaders(request));
        return sendPage(
          reply,
          'Let a command line in',
          html`<p>A command line asks to act as you. Approve only if it shows this code:</p>
<p class="code">${userCode}</p>
<form method="post" action="/device"><input type="hidden" name="user_code" value="${userCode}">
<button name="decision" value="approve">Approve</button> <button name="decision" value="deny" class="quiet">Deny</button></form>`,
        );
      }),
  );

  app.post('/device', { config, schema: { hide, body: decision } }, async (request, reply) =>
    orErrorPage(reply, async () => {
      if ((await signedInUser(context, request)) === undefined)
        return reply.redirect('/login?next=/device', 303);
      const approve = request.body.decision === 'approve';
      // Looking the code up binds it to this user, without which better-auth decides nothing.
      await context.auth().device.expect(request.body.user_code, webHeaders(request));
      await context.auth().device.decide(request.body.user_code, approve, webHeaders(request));
      const done = approve
        ? 'The command line is let in. You can close this page.'
        : 'Denied. Nobody was let in.';
      return sendPage(reply, approve ? 'Approved' : 'Denied', html`<p>${done}</p>`);
    }),
  );
};

const askForCode = html`<form method="get" action="/device">
<label>The code that the command line shows <input name="user_code" required autofocus autocomplete="off"></label>
<button>Continue</button></form>`;
