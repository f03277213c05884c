import { z } from 'zod';
import { id } from '../../contract/fields.ts';
import { confirmBody } from '../../contract/me.ts';
import { endGrantBody, grantsAnswer, grantsEnded } from '../../contract/ways-in.ts';
import { asUser } from '../../gateway/callers.ts';
import { confirmBrowserSession } from '../../gateway/people/browser-sessions.ts';
import { endOtherBrowsers, endWayIn, listWaysIn, takesProof } from '../../gateway/people/ways-in.ts';
import { askProof, browserOf, callerOf, provenBrowser } from '../access.ts';
import { type Route, route } from '../route.ts';

const tags = ['me'];

/** What gives a person access: how they sign in, where they are signed in, what came of that, and its end. */
export const waysInRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url: '/v1/me/ways-in',
    access: 'user',
    scope: 'read',
    schema: {
      tags,
      summary:
        'Your sign-in methods, browsers, tokens, links, invitations and agents’ sessions, and what each came from',
      response: { 200: grantsAnswer },
    },
    handler: async ({ gateway }, request) => listWaysIn(gateway, asUser(callerOf(request))),
  }),

  route({
    method: 'POST',
    url: '/v1/me/ways-in/:id/end',
    access: 'user',
    scope: 'configure',
    schema: {
      tags,
      summary: 'End one, with all that came from it but what is to be kept',
      params: z.object({ id }),
      body: endGrantBody,
      response: { 200: grantsEnded },
    },
    handler: async (context, request) => {
      const caller = asUser(callerOf(request));
      const { gateway, auth } = context;
      const { keep } = request.body;
      // What is kept is kept by its person's own word, and so is what shuts a way to sign in.
      if (keep.length > 0 || (await takesProof(gateway, caller, request.params.id)))
        await provenBrowser(context, request);
      return endWayIn(gateway, caller, request.params.id, auth().methods, keep);
    },
  }),

  route({
    method: 'POST',
    url: '/v1/me/ways-in/end-other-browsers',
    access: 'user',
    scope: 'browser',
    before: askProof,
    schema: {
      tags,
      summary: 'Sign out everywhere else, with all that came from there',
      response: { 200: grantsEnded },
    },
    handler: async ({ gateway }, request) => endOtherBrowsers(gateway, asUser(callerOf(request))),
  }),

  route({
    method: 'POST',
    url: '/v1/me/confirm',
    access: 'user',
    scope: 'browser',
    schema: {
      tags,
      summary: 'Show by your password that it is you; it counts for ten minutes',
      body: confirmBody,
      response: { 204: z.null() },
    },
    handler: async (context, request, reply) => {
      const session = await browserOf(context, request);
      await context.auth().checkPassword(session.userId, request.body.password);
      await confirmBrowserSession(context.gateway, session.id);
      return reply.status(204).send(null);
    },
  }),
];
