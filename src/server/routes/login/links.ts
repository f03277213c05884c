import type { FastifyRequest } from 'fastify';
import { loginLinkAnswer } from '../../../contract/login.ts';
import { asUser } from '../../../gateway/callers.ts';
import { newLoginLink } from '../../../gateway/people/one-time-links.ts';
import { userTokenId } from '../../../gateway/people/tokens.ts';
import { callerOf, presentedToken } from '../../access.ts';
import { webHeaders } from '../../connections/web-request.ts';
import type { ServerContext } from '../../context.ts';
import { linkTo } from '../../pages/links.ts';
import { type Route, route } from '../../route.ts';

/** How a user's browser is signed in by one who has a token of theirs. */
export const loginLinkRoutes: readonly Route[] = [
  route({
    method: 'POST',
    url: '/v1/login-links',
    access: 'user',
    schema: {
      tags: ['login'],
      summary: 'A link that signs a browser in as you, once',
      response: { 201: loginLinkAnswer },
    },
    handler: async (context, request, reply) => {
      const { userId } = asUser(callerOf(request));
      const secret = await newLoginLink(context.gateway, userId, await tokenBehind(context, request));
      return reply.status(201).send({ link: linkTo(context.publicUrl(), 'login', secret.reveal()) });
    },
  }),
];

/** The user token that a request goes back to: it came with it, or from a browser that such a token's link has signed in. */
async function tokenBehind(
  { gateway, auth }: ServerContext,
  request: FastifyRequest,
): Promise<string | null> {
  const token = presentedToken(request);
  if (token !== undefined) return userTokenId(gateway, token);
  return (await auth().browserSession(webHeaders(request)))?.userTokenId ?? null;
}
