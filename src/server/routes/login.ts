import type { FastifyRequest } from 'fastify';
import {
  deviceCodeAnswer,
  deviceGrantedAnswer,
  devicePollBody,
  deviceWaitingAnswer,
  loginLinkAnswer,
} from '../../contract/login.ts';
import { asUser } from '../../gateway/callers.ts';
import { callerOfMember } from '../../gateway/people/authenticate.ts';
import { newLoginLink } from '../../gateway/people/one-time-links.ts';
import { createToken, userTokenId } from '../../gateway/people/tokens.ts';
import { callerOf, presentedToken } from '../access.ts';
import { webHeaders } from '../connections/web-request.ts';
import type { Routes, ServerContext } from '../context.ts';
import { linkTo } from '../pages/links.ts';
import { browserLoginRoutes } from './browser-login.ts';

const tags = ['login'];
const config = { access: 'public' } as const;

/** How a machine gets a user token (RFC 8628), and how its user's browser is signed in. */
export const loginRoutes: Routes = async (app, context) => {
  await deviceRoutes(app, context);
  await linkRoutes(app, context);
  await browserLoginRoutes(app, context);
};

const deviceRoutes: Routes = async (app, { gateway, auth }) => {
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
};

const linkRoutes: Routes = async (app, context) => {
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
      const { userId } = asUser(callerOf(request));
      const secret = await newLoginLink(context.gateway, userId, await tokenBehind(context, request));
      return reply.status(201).send({ link: linkTo(context.publicUrl(), 'login', secret.reveal()) });
    },
  );
};

/** The user token that a request goes back to: it came with it, or from a browser that such a token's link has signed in. */
async function tokenBehind(
  { gateway, auth }: ServerContext,
  request: FastifyRequest,
): Promise<string | null> {
  const token = presentedToken(request);
  if (token !== undefined) return userTokenId(gateway, token);
  return (await auth().browserSession(webHeaders(request)))?.userTokenId ?? null;
}
