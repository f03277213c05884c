import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { oidcProvider } from '../../gateway/people/oidc-accounts.ts';
import { refuseForeignOrigin } from '../access.ts';
import { authPath } from '../auth/better-auth.ts';
import { configuredSignOn } from '../auth/configured-sign-on.ts';
import type { Arrival } from '../auth/single-sign-on.ts';
import { webHeaders, webRequest } from '../connections/web-request.ts';
import type { Pages, ServerContext } from '../context.ts';
import { html, sendPage } from './html.ts';
import { next } from './next.ts';
import { orErrorPage } from './page-errors.ts';
import { problemOf, signOnSentence } from './sign-on-problems.ts';

const config = { access: 'public' } as const;
const hide = true;

/**
 * To the provider and back. Both ways lead over a page that goes on by itself: the policy on forms lets none end on another
 * site, and a redirect that began at another site brings no SameSite=Strict cookie along.
 */
export const signOnPages: Pages = async (app, context) => {
  app.post('/login/oidc', { config, schema: { hide, body: z.object({ next }) } }, async (request, reply) =>
    orErrorPage(reply, async () => {
      refuseForeignOrigin(context, request);
      const signOn = configuredSignOn(context.auth());
      const { url, cookies } = await logged(context, () =>
        signOn.begin(request.body.next, webHeaders(request)),
      );
      return sendOn(reply.header('set-cookie', cookies), url, `To ${signOn.name}`);
    }),
  );

  app.get(`${authPath}/callback/${oidcProvider}`, { config, schema: { hide } }, async (request, reply) =>
    orErrorPage(reply, async () => {
      const signOn = configuredSignOn(context.auth());
      const arrival = await logged(context, () => signOn.finish(webRequest(request, context.publicUrl())));
      void reply.header('set-cookie', arrival.cookies);
      if ('next' in arrival) return sendOn(reply, arrival.next, 'You are signed in');
      return sendRefusal(context, reply, arrival, signOn.name);
    }),
  );
};

type Refused = Extract<Arrival, { refused: string }>;

function sendRefusal(
  { gateway }: ServerContext,
  reply: FastifyReply,
  { refused, wasConnecting }: Refused,
  name: string,
): FastifyReply {
  // Anybody can send a browser here with a code that they made up.
  const code = /^\w{1,60}$/.test(refused) ? refused : 'unreadable';
  gateway.log.warn({ code }, 'single sign-on refused');
  const problem = problemOf(code);
  if (!wasConnecting) return reply.redirect(`/login?problem=${problem}`, 303);
  const body = html`<p>${signOnSentence(problem, name)}</p><p><a href="/settings">Back to the settings</a></p>`;
  return sendPage(reply, 'That did not work', body, { status: 403 });
}

/** A page that leads on at once, and by a link where a browser does not. */
function sendOn(reply: FastifyReply, url: string, title: string): FastifyReply {
  return sendPage(reply, title, html`<p><a class="button" href="${url}">Continue</a></p>`, {
    head: html`<meta http-equiv="refresh" content="0;url=${url}">`,
  });
}

/** Why a provider cannot be asked is the operator's to know. */
async function logged<Value>({ gateway }: ServerContext, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    gateway.log.warn({ err: error }, 'single sign-on failed');
    throw error;
  }
}
