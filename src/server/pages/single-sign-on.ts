import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { oidcProvider } from '../../gateway/people/sign-in-methods.ts';
import { refuseForeignOrigin } from '../access.ts';
import type { Refusal } from '../auth/arrivals.ts';
import { authPath } from '../auth/better-auth.ts';
import { configuredSignOn } from '../auth/single-sign-on.ts';
import { webHeaders, webRequest } from '../connections/web-request.ts';
import type { Pages, ServerContext } from '../context.ts';
import { connectPath } from './connect.ts';
import { html, orErrorPage, sendPage } from './html.ts';
import { next } from './links.ts';
import { sendArrival } from './page-secret.ts';
import { sendProblem } from './sign-on-problems.ts';

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
      if (arrival.kind === 'refused') return sendRefusal(context, reply, arrival, signOn.name);
      if (arrival.kind === 'signed_in') return sendArrival(reply, arrival.signedIn, arrival.next);
      return sendOn(reply, context.publicUrl() + connectPath, 'One question more');
    }),
  );
};

function sendRefusal(
  { gateway }: ServerContext,
  reply: FastifyReply,
  { purpose, problem, code, reason }: Refusal,
  name: string,
): FastifyReply {
  gateway.log.warn({ code, reason, purpose }, 'single sign-on refused');
  return purpose === 'sign_in'
    ? reply.redirect(`/login?problem=${problem}`, 303)
    : sendProblem(reply, problem, name);
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
