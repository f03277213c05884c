import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { oidcProvider } from '../../gateway/people/sign-in-methods.ts';
import { refuseForeignOrigin } from '../access.ts';
import { authPath } from '../auth/better-auth.ts';
import { type Arrival, configuredSignOn } from '../auth/single-sign-on.ts';
import { webHeaders, webRequest } from '../connections/web-request.ts';
import type { Pages, ServerContext } from '../context.ts';
import { html, orErrorPage, sendPage } from './html.ts';
import { next } from './links.ts';

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

/** Why single sign-on let nobody in, as far as it is theirs to know. */
export const signOnProblem = z.enum(['stranger', 'cancelled', 'stale', 'taken', 'ended', 'failed']);
export type SignOnProblem = z.infer<typeof signOnProblem>;

/**
 * Of better-auth's codes, and RFC 6749's. Who is unknown and who has an address that is not verified get one answer:
 * otherwise anybody could ask which addresses have accounts.
 */
const problems: ReadonlyMap<string, SignOnProblem> = new Map([
  ['signup_disabled', 'stranger'],
  ['account_not_linked', 'stranger'],
  ['access_denied', 'cancelled'],
  ['state_mismatch', 'stale'],
  ['state_not_found', 'stale'],
  ['state_invalid', 'stale'],
  ['account_already_linked_to_different_user', 'taken'],
  ['unable_to_link_account', 'ended'],
]);

export function problemOf(code: string): SignOnProblem {
  return problems.get(code) ?? 'failed';
}

const sentences: Readonly<Record<SignOnProblem, (name: string) => string>> = {
  stranger: (name) =>
    `No account here is connected with this account of ${name}, and none has its verified e-mail address. Ask an owner to invite you. If you have an account, sign in another way and connect it in the settings.`,
  cancelled: (name) => `The sign-in was cancelled at ${name}. Nobody was signed in.`,
  stale: () =>
    'This sign-in was begun in another browser, was used already, or took longer than five minutes. Begin again.',
  taken: (name) =>
    `This account of ${name} is connected with another account here. Disconnect it there first, or choose another one.`,
  ended: () =>
    'You were signed out meanwhile, so that nothing was connected. Sign in, and begin again in the settings.',
  failed: (name) =>
    `${name} gave no answer that could be trusted. Try again; if it stays so, tell whoever runs this gateway: its log says more.`,
};

/** What a person reads; `name` is the provider's. */
export function signOnSentence(problem: SignOnProblem, name: string): string {
  const sentence = sentences[problem](name);
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
