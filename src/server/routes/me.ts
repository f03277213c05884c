import { z } from 'zod';
import { meAnswer, oidcStartAnswer, oidcStartBody, passwordAnswer, passwordBody } from '../../contract/me.ts';
import { asUser } from '../../gateway/callers.ts';
import { readMe } from '../../gateway/people/me.ts';
import { disconnectSingleSignOn } from '../../gateway/people/ways-in.ts';
import { browserOf, callerOf, provenBrowser } from '../access.ts';
import { configuredSignOn } from '../auth/single-sign-on.ts';
import { webHeaders } from '../connections/web-request.ts';
import { type Route, route } from '../route.ts';

const tags = ['me'];

/** Who one is, and by what one signs in. */
export const meRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url: '/v1/me',
    access: 'user',
    scope: 'read',
    schema: { tags, summary: 'Who you are, and how you sign in', response: { 200: meAnswer } },
    handler: async ({ gateway, auth }, request) =>
      readMe(gateway, asUser(callerOf(request)), auth().singleSignOn),
  }),

  route({
    method: 'PUT',
    url: '/v1/me/password',
    access: 'user',
    scope: 'browser',
    schema: {
      tags,
      summary: 'Set your password; other browsers are signed out, and this one begins anew',
      body: passwordBody,
      response: { 200: passwordAnswer },
    },
    handler: async (context, request, reply) => {
      const { current, password } = request.body;
      const session = await browserOf(context, request);
      const { cookies, secret } = await context
        .auth()
        .setPassword(session, { current, password }, webHeaders(request));
      return reply.header('set-cookie', cookies).send({ pageSecret: secret.reveal() });
    },
  }),

  route({
    method: 'POST',
    url: '/v1/me/oidc',
    access: 'user',
    scope: 'browser',
    schema: {
      tags,
      summary: 'Begin to connect your account with single sign-on',
      body: oidcStartBody,
      response: { 200: oidcStartAnswer },
    },
    handler: async (context, request, reply) => {
      const signOn = configuredSignOn(context.auth());
      await provenBrowser(context, request);
      const { url, cookies } = await signOn.connect(request.body.next, webHeaders(request));
      return reply.header('set-cookie', cookies).send({ url });
    },
  }),

  route({
    method: 'POST',
    url: '/v1/me/oidc/confirm',
    access: 'user',
    scope: 'browser',
    schema: {
      tags,
      summary:
        'Begin to show by single sign-on that it is you; the browser that comes back is signed in anew',
      body: oidcStartBody,
      response: { 200: oidcStartAnswer },
    },
    handler: async (context, request, reply) => {
      const signOn = configuredSignOn(context.auth());
      const { url, cookies } = await signOn.confirm(request.body.next, webHeaders(request));
      return reply.header('set-cookie', cookies).send({ url });
    },
  }),

  route({
    method: 'DELETE',
    url: '/v1/me/oidc',
    access: 'user',
    scope: 'browser',
    schema: { tags, summary: 'Disconnect your account from single sign-on', response: { 204: z.null() } },
    handler: async (context, request, reply) => {
      const { issuer } = configuredSignOn(context.auth());
      const session = await provenBrowser(context, request);
      await disconnectSingleSignOn(context.gateway, session, { ...context.auth().methods, issuer });
      return reply.status(204).send(null);
    },
  }),
];
