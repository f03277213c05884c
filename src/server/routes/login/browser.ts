import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { id, name } from '../../../contract/fields.ts';
import type { GuessRuleName } from '../../../gateway/people/guess-rules.ts';
import { removePasskey } from '../../../gateway/people/remove-sign-in-method.ts';
import { guessing } from '../../../gateway/people/sign-in-attempts.ts';
import { refuseForeignOrigin } from '../../access.ts';
import { authPath } from '../../auth/better-auth.ts';
import { clientNetwork } from '../../auth/client-network.ts';
import { refusePasskey } from '../../auth/passkey-refusals.ts';
import { webHeaders, webRequest } from '../../connections/web-request.ts';
import { type Route, route } from '../../route.ts';

const hide = true;

interface PasskeyEndpoint {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: z.ZodType;
  /** By which rule it is counted. */
  readonly guess: GuessRuleName;
  /** Whether it gives a signed-in user another way in. */
  readonly takesFreshSession?: true;
  /** Whether the answer's JSON goes out. Others would show a session's token to scripts, or say nothing of use. */
  readonly answers?: true;
}

const made = z.looseObject({ id: z.string().max(1000) });
const registration = z.object({ response: made, name });
const authentication = z.object({ response: made });

/** better-auth's endpoints that are open beside signing out; it has some sixty, and all others are not there. */
const passkeyEndpoints: readonly PasskeyEndpoint[] = [
  {
    method: 'GET',
    path: '/generate-register-options',
    guess: 'beginning',
    takesFreshSession: true,
    answers: true,
  },
  {
    method: 'POST',
    path: '/verify-registration',
    guess: 'passkey',
    takesFreshSession: true,
    body: registration,
  },
  { method: 'GET', path: '/generate-authenticate-options', guess: 'beginning', answers: true },
  { method: 'POST', path: '/verify-authentication', guess: 'passkey', body: authentication },
];

/** What the scripts of the login page and the settings ask: passkeys, and signing out. */
export const browserLoginRoutes: readonly Route[] = [
  route({
    method: 'POST',
    url: `${authPath}/sign-out`,
    access: 'public',
    schema: { hide },
    handler: async (context, request, reply) => {
      refuseForeignOrigin(context, request);
      const response = await context.auth().handle(webRequest(request, context.publicUrl()));
      if (!response.ok) throw new TypeError(`better-auth answered ${response.status} to a sign-out`);
      return withCookies(reply, response).status(204).send();
    },
  }),

  route({
    method: 'POST',
    url: `${authPath}/passkey/delete-passkey`,
    access: 'public',
    schema: { hide, body: z.strictObject({ id }) },
    handler: async (context, request, reply) => {
      refuseForeignOrigin(context, request);
      const { gateway, auth } = context;
      const userId = await auth().freshUser(webHeaders(request));
      await removePasskey(gateway, { userId }, request.body.id, auth().methods);
      return reply.status(204).send();
    },
  }),

  ...passkeyEndpoints.map(({ method, path, body, guess, takesFreshSession, answers }) =>
    route({
      method,
      url: `${authPath}/passkey${path}`,
      access: 'public',
      schema: { hide, ...(body && { body }) },
      handler: async (context, request, reply) => {
        refuseForeignOrigin(context, request);
        const { gateway, auth, publicUrl } = context;
        const headers = webHeaders(request);
        if (takesFreshSession) await auth().freshUser(headers);
        const response = await guessing(gateway, guess, { address: clientNetwork(headers) }, async () => {
          const answered = await auth().handle(webRequest(request, publicUrl()));
          return answered.ok ? answered : refusePasskey(answered);
        });
        void withCookies(reply, response);
        return answers ? reply.send(await response.json()) : reply.status(204).send();
      },
    }),
  ),
];

function withCookies(reply: FastifyReply, response: Response): FastifyReply {
  return reply.header('set-cookie', response.headers.getSetCookie());
}
