import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  acceptInvitation,
  invitationOfLink,
  joinWithPassword,
  type OpenInvitation,
} from '../../gateway/people/invitations.ts';
import { guessing } from '../../gateway/people/sign-in-attempts.ts';
import { cookieSession, pageSession, refuseForeignOrigin } from '../access.ts';
import { clientNetwork } from '../auth/client-network.ts';
import { webHeaders } from '../connections/web-request.ts';
import type { Pages, ServerContext } from '../context.ts';
import { type Html, html, orErrorPage, sendPage } from './html.ts';
import { insteadOf, somebodyElse } from './login-by-link.ts';
import { pageSecretField, pageSecretScript, sendArrival } from './page-secret.ts';

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
  password: z.string().max(200).default(''),
  instead: z.string().max(64).optional(),
  pageSecret: z.string().max(64).optional(),
});
type Form = z.infer<typeof form>;

/** Where an invited person joins: with a first password, with the one they have, or signed in already. */
export const invitePages: Pages = async (app, context) => {
  const { gateway } = context;
  const invitation = (headers: Headers, token: string) =>
    guessing(gateway, 'link', { address: clientNetwork(headers) }, () => invitationOfLink(gateway, token));

  app.get('/invite', { config, schema: { hide, querystring: z.object({ token }) } }, async (request, reply) =>
    orErrorPage(reply, async () => {
      const { token } = request.query;
      return ask(context, request, reply, await invitation(webHeaders(request), token), token);
    }),
  );

  app.post('/invite', { config, schema: { hide, body: form } }, async (request, reply) =>
    orErrorPage(reply, async () => {
      refuseForeignOrigin(context, request);
      const open = await invitation(webHeaders(request), request.body.token);
      const { invitee, email } = open;
      const present = await somebodyElse(context, request, invitee);
      if (present !== undefined && present !== request.body.instead)
        return ask(context, request, reply, open, request.body.token);
      return invitee === undefined
        ? joinAsNew(context, request, reply, request.body)
        : joinAs(context, request, reply, { ...request.body, email, invitee });
    }),
  );
};

async function joinAsNew(
  context: ServerContext,
  request: FastifyRequest,
  reply: FastifyReply,
  { token, name, password }: Form,
): Promise<FastifyReply> {
  const auth = context.auth();
  const headers = webHeaders(request);
  const hash = await auth.hashPassword(password);
  const { userId, passwordId } = await joinWithPassword(context.gateway, token, { name, hash });
  const who = { userId, cameBy: passwordId, method: 'password', isProven: true } as const;
  return sendArrival(reply, await auth.signIn(who, headers), '/');
}

/** Somebody who can sign in here shows it: by their password, or by a browser that they are signed in with. */
async function joinAs(
  context: ServerContext,
  request: FastifyRequest,
  reply: FastifyReply,
  {
    token,
    password,
    pageSecret,
    email,
    invitee,
  }: Form & { readonly email: string; readonly invitee: string },
): Promise<FastifyReply> {
  const session = await pageSession(context, request, pageSecret);
  if (session?.userId === invitee) {
    await acceptInvitation(context.gateway, token, invitee);
    return reply.redirect('/', 303);
  }
  const signedIn = await context.auth().signInWithPassword(email, password, webHeaders(request));
  await acceptInvitation(context.gateway, token, signedIn.userId);
  return sendArrival(reply, signedIn, '/');
}

async function ask(
  context: ServerContext,
  request: FastifyRequest,
  reply: FastifyReply,
  invitation: OpenInvitation,
  token: string,
): Promise<FastifyReply> {
  const { email, role, invitee } = invitation;
  const isThere = invitee !== undefined && (await cookieSession(context, request))?.userId === invitee;
  const present = await somebodyElse(context, request, invitee);
  return sendPage(
    reply,
    'Join',
    html`<p>You are invited as <strong>${role}</strong>, with the address <strong>${email}</strong>.</p>
<form method="post" action="/invite"><input type="hidden" name="token" value="${token}">
${insteadOf(present, email)}${isThere ? pageSecretField : fields(invitation, token)}
<button>Join</button></form>`,
    isThere ? { head: pageSecretScript } : {},
  );
}

function fields({ invitee }: OpenInvitation, token: string): Html {
  if (invitee === undefined) {
    return html`<label>Your name <input name="name" required autofocus autocomplete="name"></label>
<label>A new password, 10 characters or more
<input name="password" type="password" required autocomplete="new-password"></label>`;
  }
  const next = `/invite?token=${encodeURIComponent(token)}`;
  return html`<label>Your password
<input name="password" type="password" required autofocus autocomplete="current-password"></label>
<p class="hint">No password? <a href="/login?next=${encodeURIComponent(next)}">Sign in another way</a>, and you come back here.</p>`;
}
