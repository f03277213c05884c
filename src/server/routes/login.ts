import { z } from 'zod';
import { id, name } from '../../contract/fields.ts';
import {
  deviceCodeAnswer,
  deviceGrantedAnswer,
  devicePollBody,
  deviceWaitingAnswer,
  loginLinkAnswer,
} from '../../contract/login.ts';
import { callerOfMember } from '../../gateway/authenticate.ts';
import { asUser } from '../../gateway/callers.ts';
import { newLoginLink } from '../../gateway/one-time-links.ts';
import { createToken } from '../../gateway/tokens.ts';
import { callerOf, refuseForeignOrigin } from '../access.ts';
import { authPath } from '../auth/better-auth.ts';
import { refusePasskey } from '../auth/passkey-refusals.ts';
import type { Routes } from '../context.ts';
import { linkTo } from '../pages/links.ts';
import { webHeaders, webRequest } from '../web-request.ts';

const tags = ['login'];
const config = { access: 'public' } as const;

interface OpenEndpoint {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: z.ZodType;
  /** Whether the answer's JSON goes out. Others would show a session's token to scripts, or say nothing of use. */
  readonly answers?: true;
}

const made = z.looseObject({ id: z.string().max(1000) });

/** better-auth's endpoints that are open; it has some sixty, and all others are not there. */
const openEndpoints: readonly OpenEndpoint[] = [
  { method: 'POST', path: '/sign-out' },
  { method: 'GET', path: '/passkey/generate-register-options', answers: true },
  { method: 'POST', path: '/passkey/verify-registration', body: z.object({ response: made, name }) },
  { method: 'GET', path: '/passkey/generate-authenticate-options', answers: true },
  { method: 'POST', path: '/passkey/verify-authentication', body: z.object({ response: made }) },
  { method: 'POST', path: '/passkey/delete-passkey', body: z.strictObject({ id }) },
];

/** How a machine gets a user token (RFC 8628), and how a browser is signed in. */
export const loginRoutes: Routes = async (app, context) => {
  const { gateway, auth, publicUrl } = context;

  app.post(
    '/v1/device/code',
    { config, schema: { tags, summary: 'Begin a device login', response: { 200: deviceCodeAnswer } } },
    async (request) => auth().device.start(webHeaders(request)),
  );

  app.post(
    '/v1/device/token',
    {
      config,
      schema: {
        tags,
        summary: 'Ask whether a device login was approved',
        body: devicePollBody,
        response: { 200: deviceGrantedAnswer, 202: deviceWaitingAnswer },
      },
    },
    async (request, reply) => {
      const polled = await auth().device.poll(request.body.deviceCode);
      if (polled.status !== 'approved') return reply.status(202).send({ status: polled.status });
      const caller = await callerOfMember(gateway, polled.userId);
      const { value } = await createToken(gateway, caller, request.body.name);
      return { token: value.reveal() };
    },
  );

  app.post(
    '/v1/login-links',
    {
      config: { access: 'user' },
      schema: {
        tags,
        summary: 'A link that signs a browser in as you, once',
        response: { 201: loginLinkAnswer },
      },
    },
    async (request, reply) => {
      const secret = await newLoginLink(gateway, asUser(callerOf(request)).userId);
      return reply.status(201).send({ link: linkTo(publicUrl(), 'login', secret.reveal()) });
    },
  );

  for (const { method, path, body, answers } of openEndpoints) {
    app.route({
      method,
      url: authPath + path,
      config,
      schema: { hide: true, ...(body && { body }) },
      handler: async (request, reply) => {
        refuseForeignOrigin(context, request);
        const response = await auth().handle(webRequest(request, publicUrl()));
        if (!response.ok) return refusePasskey(response);
        void reply.header('set-cookie', response.headers.getSetCookie());
        return answers ? reply.send(await response.json()) : reply.status(204).send();
      },
    });
  }
};
