import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { id, name } from '../../../contract/fields.ts';
import { endWayIn } from '../../../gateway/people/ways-in.ts';
import { browserOf, provenBrowser, refuseForeignOrigin } from '../../access.ts';
import { authPath } from '../../auth/better-auth.ts';
import type { PasskeyOptions } from '../../auth/passkeys.ts';
import { webHeaders, webRequest } from '../../connections/web-request.ts';
import { type Route, route } from '../../route.ts';

const hide = true;
const access = 'public';

const made = z.looseObject({ id: z.string().max(1000) });
const registration = z.object({ response: made, name });
const authentication = z.object({ response: made });

const passkeyPath = `${authPath}/passkey`;

/** What the scripts of the login page and the settings ask: passkeys, and signing out. */
export const browserLoginRoutes: readonly Route[] = [
  route({
    method: 'POST',
    url: `${authPath}/sign-out`,
    access,
    schema: { hide },
    handler: async (context, request, reply) => {
      refuseForeignOrigin(context, request);
      const cookies = await context.auth().signOut(webHeaders(request));
      return reply.header('set-cookie', cookies).status(204).send();
    },
  }),

  route({
    method: 'GET',
    url: `${passkeyPath}/generate-register-options`,
    access,
    schema: { hide },
    handler: async (context, request, reply) => {
      await provenBrowser(context, request);
      return sendOptions(
        reply,
        await context.auth().passkeys.beginToAdd(webRequest(request, context.publicUrl())),
      );
    },
  }),

  route({
    method: 'POST',
    url: `${passkeyPath}/verify-registration`,
    access,
    schema: { hide, body: registration },
    handler: async (context, request, reply) => {
      const session = await provenBrowser(context, request);
      const asked = webRequest(request, context.publicUrl());
      const cookies = await context.auth().passkeys.add(session, asked);
      return reply.header('set-cookie', cookies).status(204).send();
    },
  }),

  route({
    method: 'GET',
    url: `${passkeyPath}/generate-authenticate-options`,
    access,
    schema: { hide },
    handler: async (context, request, reply) =>
      sendOptions(reply, await context.auth().passkeys.beginToUse(webRequest(request, context.publicUrl()))),
  }),

  route({
    method: 'POST',
    url: `${passkeyPath}/verify-authentication`,
    access,
    schema: { hide, body: authentication },
    handler: async (context, request, reply) => {
      refuseForeignOrigin(context, request);
      const { id } = request.body.response;
      const asked = webRequest(request, context.publicUrl());
      const { cookies, secret } = await context.auth().passkeys.signIn(asked, id);
      return reply.header('set-cookie', cookies).send({ pageSecret: secret.reveal() });
    },
  }),

  route({
    method: 'POST',
    url: `${passkeyPath}/confirm`,
    access,
    schema: { hide, body: authentication },
    handler: async (context, request, reply) => {
      const session = await browserOf(context, request);
      const asked = webRequest(request, context.publicUrl(), `${passkeyPath}/verify-authentication`);
      const cookies = await context.auth().passkeys.confirm(session, asked, request.body.response.id);
      return reply.header('set-cookie', cookies).status(204).send();
    },
  }),

  route({
    method: 'POST',
    url: `${passkeyPath}/delete-passkey`,
    access,
    schema: { hide, body: z.strictObject({ id }) },
    handler: async (context, request, reply) => {
      const session = await provenBrowser(context, request);
      const { gateway, auth } = context;
      await endWayIn(gateway, session, request.body.id, auth().methods);
      return reply.status(204).send();
    },
  }),
];

function sendOptions(reply: FastifyReply, { options, cookies }: PasskeyOptions): FastifyReply {
  return reply.header('set-cookie', cookies).send(options);
}
