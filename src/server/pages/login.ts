import { z } from 'zod';
import { guessing } from '../../gateway/people/sign-in-attempts.ts';
import { refuseForeignOrigin } from '../access.ts';
import { clientNetwork } from '../auth/client-network.ts';
import { type SignOnProblem, signOnProblem } from '../auth/sign-on-problem.ts';
import { webHeaders } from '../connections/web-request.ts';
import type { Pages, ServerContext } from '../context.ts';
import { type Html, html, orErrorPage, sendPage } from './html.ts';
import { next } from './links.ts';
import { askByLink, signInByLink } from './login-by-link.ts';
import { sendArrival } from './page-secret.ts';
import { signOnSentence } from './sign-on-problems.ts';

const config = { access: 'public' } as const;
const hide = true;

const token = z.string().max(200).optional();
const query = z.object({ token, next, problem: signOnProblem.optional().catch(undefined) });
const form = z.object({
  token,
  email: z.string().max(254).optional(),
  password: z.string().max(200).optional(),
  instead: z.string().max(64).optional(),
  next,
});

/** Where people sign in: with a one-time link, a password, a passkey or single sign-on. The passkey takes a script, and so does what comes after it. */
export const loginPages: Pages = async (app, context) => {
  app.get('/login', { config, schema: { hide, querystring: query } }, async (request, reply) => {
    const { token, next, problem } = request.query;
    if (token !== undefined)
      return orErrorPage(reply, () =>
        guessing(context.gateway, 'link', { address: clientNetwork(webHeaders(request)) }, () =>
          askByLink(context, request, reply, { token, next }),
        ),
      );
    const body = html`${problemText(context, problem)}${byPassword(next)}${otherWays(context, next)}
<p class="hint">No password yet? On the machine where you use the command line, <code>assent login --link</code> prints a link that signs you in here.</p>`;
    return sendPage(reply, 'Sign in', body, { head: script(context) });
  });

  app.post('/login', { config, schema: { hide, body: form } }, async (request, reply) =>
    orErrorPage(reply, async () => {
      refuseForeignOrigin(context, request);
      const { token, email = '', password = '', next, instead } = request.body;
      const headers = webHeaders(request);
      if (token !== undefined)
        return guessing(context.gateway, 'link', { address: clientNetwork(headers) }, () =>
          signInByLink(context, request, reply, { token, next, instead }),
        );
      const signedIn = await context.auth().signInWithPassword(email, password, headers);
      return sendArrival(reply, signedIn, next);
    }),
  );
};

function byPassword(next: string): Html {
  return html`<form method="post" action="/login">
<label>E-mail <input name="email" type="email" autocomplete="username webauthn" required autofocus></label>
<label>Password <input name="password" type="password" autocomplete="current-password" required></label>
<input type="hidden" name="next" value="${next}"><button>Sign in</button></form>`;
}

/** The script shows the passkey's button where the browser knows what to do with it. */
function otherWays({ auth }: ServerContext, next: string): Html {
  const { singleSignOn, methods } = auth();
  const name = singleSignOn?.name;
  const passkey = html`<div id="passkey" data-next="${next}" hidden><button type="button" class="quiet">Sign in with a passkey</button>
<p role="alert" hidden></p></div>`;
  const signOn =
    name === undefined
      ? html``
      : html`<form method="post" action="/login/oidc"><input type="hidden" name="next" value="${next}">
<button class="quiet">Sign in with ${name}</button></form>`;
  return html`<div class="others">${signOn}${methods.takesPasskeys ? passkey : html``}</div>`;
}

function script({ auth }: ServerContext): Html {
  const { takesPasskeys } = auth().methods;
  return takesPasskeys ? html`<script type="module" src="/assets/passkey.js"></script>` : html``;
}

function problemText(context: ServerContext, problem: SignOnProblem | undefined): Html {
  const name = context.auth().singleSignOn?.name;
  if (problem === undefined || name === undefined) return html``;
  return html`<p class="problem" role="alert">${signOnSentence(problem, name)}</p>`;
}
