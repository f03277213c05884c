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
import { callerOf } from '../access.ts';
import { authPath } from '../auth/better-auth.ts';
import type { Routes } from '../context.ts';
import { linkTo } from '../pages/links.ts';
import { sendWebResponse, webHeaders, webRequest } from '../web-request.ts';

const tags = ['login'];
const config = { access: 'public' } as const;

/** better-auth's endpoints that are open; it has some sixty, and all others are not there: several of them would show a
 * session's token to scripts. */
const openEndpoints = [
  ['POST', '/sign-out'],
  ['GET', '/passkey/generate-register-options'],
  ['POST', '/passkey/verify-registration'],
  ['GET', '/passkey/generate-authenticate-options'],
  ['POST', '/passkey/verify-authentication'],
  ['GET', '/passkey/list-user-passkeys'],
  ['POST', '/passkey/delete-passkey'],
] as const;

/** How a machine gets a user token (RFC 8628), and how a browser is signed in. */
export const loginRoutes: Routes = async (app, { gateway, auth, publicUrl }) => {
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

  for (const [method, path] of openEndpoints) {
    app.route({
      method,
      url: authPath + path,
      config,
      schema: { hide: true },
      handler: async (request, reply) =>
        sendWebResponse(reply, await auth().handle(webRequest(request, publicUrl()))),
    });
  }
};
