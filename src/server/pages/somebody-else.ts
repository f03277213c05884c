import type { FastifyRequest } from 'fastify';
import { emailOf } from '../../gateway/people/accounts.ts';
import { signedInUser } from '../access.ts';
import type { ServerContext } from '../context.ts';
import { type Html, html } from './html.ts';

/** The address of who is signed in on this browser, where that is somebody else than who has `email`. */
export async function somebodyElse(
  context: ServerContext,
  request: FastifyRequest,
  email: string,
): Promise<string | undefined> {
  const userId = await signedInUser(context, request);
  const present = userId === undefined ? undefined : await emailOf(context.gateway, userId);
  return present === email ? undefined : present;
}

/** Says so: a link may have come from somebody who wants this browser to be theirs. */
export function somebodyElseText(present: string | undefined, email: string): Html {
  if (present === undefined) return html``;
  return html`<p class="problem">Somebody else, <strong>${present}</strong>, is signed in on this browser. Go on only if you want it to be <strong>${email}</strong>’s instead.</p>`;
}
