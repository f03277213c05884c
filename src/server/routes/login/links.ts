import { loginLinkAnswer } from '../../../contract/login.ts';
import { asUser } from '../../../gateway/callers.ts';
import { newLoginLink } from '../../../gateway/people/login-links.ts';
import { askProof, callerOf } from '../../access.ts';
import { linkTo } from '../../pages/links.ts';
import { type Route, route } from '../../route.ts';

/** How a person's browser is signed in by one who has a token of theirs. */
export const loginLinkRoutes: readonly Route[] = [
  route({
    method: 'POST',
    url: '/v1/login-links',
    access: 'user',
    scope: 'configure',
    before: askProof,
    schema: {
      tags: ['login'],
      summary: 'A link that signs a browser in as you, once',
      response: { 201: loginLinkAnswer },
    },
    handler: async ({ gateway, publicUrl }, request, reply) => {
      const { userId, credential } = asUser(callerOf(request));
      const secret = await newLoginLink(gateway, userId, credential?.id ?? null);
      return reply.status(201).send({ link: linkTo(publicUrl(), 'login', secret.reveal()) });
    },
  }),
];
