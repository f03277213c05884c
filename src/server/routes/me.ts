import { z } from 'zod';
import { meAnswer, oidcStartAnswer, oidcStartBody, passwordBody } from '../../contract/me.ts';
import { asUser } from '../../gateway/callers.ts';
import { readMe } from '../../gateway/people/me.ts';
import { withdrawLoginLinks } from '../../gateway/people/one-time-links.ts';
import { disconnectSingleSignOn } from '../../gateway/people/remove-sign-in-method.ts';
import { browserUser, callerOf } from '../access.ts';
import { configuredSignOn } from '../auth/configured-sign-on.ts';
import { webHeaders } from '../connections/web-request.ts';
import type { Routes } from '../context.ts';

const tags = ['me'];
const config = { access: 'user' } as const;

/** Who one is, and by what one signs in. */
export const meRoutes: Routes = async (app, context) => {
  const { gateway, auth } = context;

  app.get(
    '/v1/me',
    { config, schema: { tags, summary: 'Who you are, and how you sign in', response: { 200: meAnswer } } },
    async (request) => readMe(gateway, asUser(callerOf(request)), auth().singleSignOn),
  );

  app.put(
    '/v1/me/password',
    {
      config,
      schema: {
        tags,
        summary: 'Set your password; other browsers are signed out',
        body: passwordBody,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const userId = await browserUser(context, request);
      const { current, password } = request.body;
      const cookies = await auth().setPassword({ current, password }, webHeaders(request));
      await withdrawLoginLinks(gateway, userId);
      gateway.log.info({ userId }, 'password set');
      return reply.header('set-cookie', cookies).status(204).send(null);
    },
  );

  app.post(
    '/v1/me/oidc',
    {
      config,
      schema: {
        tags,
        summary: 'Begin to connect your account with single sign-on',
        body: oidcStartBody,
        response: { 200: oidcStartAnswer },
      },
    },
    async (request, reply) => {
      await browserUser(context, request);
      const { url, cookies } = await configuredSignOn(auth()).connect(request.body.next, webHeaders(request));
      return reply.header('set-cookie', cookies).send({ url });
    },
  );

  app.delete(
    '/v1/me/oidc',
    {
      config,
      schema: { tags, summary: 'Disconnect your account from single sign-on', response: { 204: z.null() } },
    },
    async (request, reply) => {
      await browserUser(context, request);
      const { issuer } = configuredSignOn(auth());
      const userId = await auth().freshUser(webHeaders(request));
      await disconnectSingleSignOn(gateway, { userId }, { ...auth().ways, issuer });
      return reply.status(204).send(null);
    },
  );
};
