import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { callerOfMember } from '../../gateway/people/authenticate.ts';
import { cookieSession } from '../access.ts';
import type { Pages } from '../context.ts';
import { orErrorPage, sendHtml } from './html.ts';
import { pageStyle } from './style.ts';

const config = { access: 'public' } as const;
const schema = { hide: true };

/** The paths of the page's own screens (`web/router.tsx`): each is the same document. */
const screens = [
  '/',
  '/inbox',
  '/inbox/:id',
  '/history',
  '/history/:id',
  '/sources',
  '/automations',
  '/automations/:id',
  '/sessions',
  '/sessions/:id',
  '/settings',
  '/settings/:part',
  '/device',
];

/** The page where people decide: one document for all its screens; its files are in `page-files`. */
export const appPages: Pages = async (app, context) => {
  const document = readFileSync(join(context.webRoot, 'index.html'), 'utf8');
  for (const path of screens) {
    app.get(path, { config, schema }, async (request, reply) =>
      orErrorPage(reply, async () => {
        const session = await cookieSession(context, request);
        if (session === undefined)
          return reply.redirect(`/login?next=${encodeURIComponent(request.url)}`, 303);
        // A user who is signed in and belongs to no organization is told so here: the page would send them to sign in again.
        await callerOfMember(context.gateway, session.userId);
        return sendHtml(reply, document);
      }),
    );
  }

  app.get('/page.css', { config, schema }, async (_request, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', 'max-age=3600').send(pageStyle),
  );
};
