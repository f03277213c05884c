import type { FastifyReply, FastifyRequest } from 'fastify';
import { emailOf } from '../../gateway/people/accounts.ts';
import { type LoginLink, readLoginLink, redeemLoginLink } from '../../gateway/people/one-time-links.ts';
import { hasSignInMethod } from '../../gateway/people/sign-in-methods.ts';
import { signedInUser } from '../access.ts';
import type { ServerContext } from '../context.ts';
import { type Html, html, sendPage } from './html.ts';

/** What a link's form brings along. */
export interface LinkForm {
  readonly token: string;
  readonly next: string;
  /** Whose place on this browser the form has said that it takes: the address of somebody who is signed in. */
  readonly instead?: string | undefined;
}

/** Asks for a click, and says who it signs in. The link stays unused. Throws `expired`. */
export async function askByLink(
  context: ServerContext,
  request: FastifyRequest,
  reply: FastifyReply,
  form: LinkForm,
): Promise<FastifyReply> {
  const { email } = await readLoginLink(context.gateway, form.token);
  return sendForm(reply, form, email, await somebodyElse(context, request, email));
}

/**
 * Signs in, and goes on. A browser in which somebody else is signed in is asked first whether that was said: a page that was
 * opened from another site did not come with the cookie that says so. Throws `expired`.
 */
export async function logInByLink(
  context: ServerContext,
  request: FastifyRequest,
  reply: FastifyReply,
  form: LinkForm,
): Promise<FastifyReply> {
  const { email } = await readLoginLink(context.gateway, form.token);
  const present = await somebodyElse(context, request, email);
  if (present !== undefined && present !== form.instead) return sendForm(reply, form, email, present);
  const link = await redeemLoginLink(context.gateway, form.token);
  const { userId, userTokenId } = link;
  const isFresh = await isFreshLink(context, link);
  const cookies = await context.auth().logInByLink({ userId, userTokenId, isFresh });
  return reply.header('set-cookie', cookies).redirect(form.next, 303);
}

/** A link of the gateway's own machine is for who has lost their ways in; any other counts where there is none. */
async function isFreshLink(
  { gateway, auth }: ServerContext,
  { purpose, userId }: LoginLink,
): Promise<boolean> {
  return purpose === 'recovery' || !(await hasSignInMethod(gateway, userId, auth().methods));
}

function sendForm(
  reply: FastifyReply,
  { token, next }: LinkForm,
  email: string,
  present: string | undefined,
): FastifyReply {
  const instead =
    present === undefined ? html`` : html`<input type="hidden" name="instead" value="${present}">`;
  return sendPage(
    reply,
    'Sign in',
    html`<form method="post" action="/login"><input type="hidden" name="token" value="${token}">
<p>This link signs you in as <strong>${email}</strong> on this browser, once.</p>
${somebodyElseText(present, email)}${instead}
<input type="hidden" name="next" value="${next}"><button>Sign in</button></form>`,
  );
}

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
