import type { Invocation } from '../../contract/invocation.ts';
import { callerOfMember } from '../../gateway/authenticate.ts';
import { readInvocations } from '../../gateway/read-invocations.ts';
import { signedInUser } from '../access.ts';
import type { Routes } from '../context.ts';
import { type Html, html, sendPage } from './html.ts';
import { orErrorPage } from './page-errors.ts';
import { pageStyle } from './style.ts';

const config = { access: 'public' } as const;
const schema = { hide: true };

/** What waits for approval, to look at; deciding is the command line's for now. */
export const homePages: Routes = async (app, context) => {
  for (const path of ['/', '/inbox']) {
    app.get(path, { config, schema }, async (request, reply) =>
      orErrorPage(reply, async () => {
        const userId = await signedInUser(context, request);
        if (userId === undefined) return reply.redirect(`/login?next=${path}`, 303);
        const caller = await callerOfMember(context.gateway, userId);
        const { invocations } = await readInvocations(context.gateway, caller, {
          status: 'pending',
          limit: 50,
        });
        return sendPage(reply, 'Inbox', inbox(invocations));
      }),
    );
  }

  app.get('/page.css', { config, schema }, async (_request, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', 'max-age=3600').send(pageStyle),
  );
};

function inbox(pending: readonly Invocation[]): Html {
  if (pending.length === 0) return html`<p>No approvals are waiting.</p>`;
  return html`<p>Decide with <code>assent inbox</code> on your command line.</p>${pending.toReversed().map(card)}`;
}

function card(invocation: Invocation): Html {
  return html`<section id="${invocation.id}"><h2>${invocation.sourceId}:${invocation.actionId}</h2>
<p>${invocation.riskLevel}, ${invocation.mode} (${invocation.modeSource}), until ${invocation.expiresAt ?? ''}</p>
<pre>${JSON.stringify(invocation.params, null, 2)}</pre>
<p><code>assent inbox approve ${invocation.id}</code></p></section>`;
}
