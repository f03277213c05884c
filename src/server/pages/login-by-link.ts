import type { FastifyReply, FastifyRequest } from 'fastify';
import { type LoginLink, readLoginLink, redeemLoginLink } from '../../gateway/people/login-links.ts';
import { hasSignInMethod } from '../../gateway/people/sign-in-methods.ts';
import { sha256 } from '../../lib/hash.ts';
import { cookieSession } from '../access.ts';
import { webHeaders } from '../connections/web-request.ts';
import type { ServerContext } from '../context.ts';
import { type Html, html, sendPage } from './html.ts';
import { sendArrival } from './page-secret.ts';

/** What a link's form brings along. */
export interface LinkForm {
  readonly token: string;
  readonly next: string;
  /** Whose place on this browser the form has said that it takes, as `somebodyElse` has it. */
  readonly instead?: string | undefined;
}

/** Asks for a click, and says who it signs in. The link stays unused. Throws `expired`. */
export async function askByLink(
  context: ServerContext,
  request: FastifyRequest,
  reply: FastifyReply,
  form: LinkForm,
): Promise<FastifyReply> {
  const { email, userId } = await readLoginLink(context.gateway, form.token);
  return sendForm(reply, form, email, await somebodyElse(context, request, userId));
}

/**
 * Signs in, and goes on. A browser in which somebody else is signed in is asked first whether that was said: a page that was
 * opened from another site did not come with the cookie that says so. Throws `expired`.
 */
export async function signInByLink(
  context: ServerContext,
  request: FastifyRequest,
  reply: FastifyReply,
  form: LinkForm,
): Promise<FastifyReply> {
  const { email, userId } = await readLoginLink(context.gateway, form.token);
  const present = await somebodyElse(context, request, userId);
  if (present !== undefined && present !== form.instead) return sendForm(reply, form, email, present);
  const link = await redeemLoginLink(context.gateway, form.token);
  const method = link.purpose === 'recovery' ? 'recovery' : 'link';
  const isProven = await isFreshLink(context, link);
  const who = { userId, cameBy: link.cameBy, method, isProven } as const;
  return sendArrival(reply, await context.auth().signIn(who, webHeaders(request)), form.next);
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
  return sendPage(
    reply,
    'Sign in',
    html`<form method="post" action="/login"><input type="hidden" name="token" value="${token}">
<p>This link signs you in as <strong>${email}</strong> on this browser, once.</p>
${insteadOf(present, email)}
<input type="hidden" name="next" value="${next}"><button>Sign in</button></form>`,
  );
}

/**
 * A name for the session of who is signed in on this browser, where that is somebody else. Nothing of theirs is in it: whoever has
 * a cookie alone is told no address.
 */
export async function somebodyElse(
  context: ServerContext,
  request: FastifyRequest,
  userId: string | undefined,
): Promise<string | undefined> {
  const session = await cookieSession(context, request);
  if (session === undefined || session.userId === userId) return undefined;
  return sha256(session.id).slice(0, 32);
}

/** Says so, within the form that then takes their place: a link may have come from somebody who wants this browser to be theirs. */
export function insteadOf(present: string | undefined, email: string): Html {
  if (present === undefined) return html``;
  return html`<p class="problem">Somebody else is signed in on this browser. Go on only if you want it to be <strong>${email}</strong>’s instead.</p>
<input type="hidden" name="instead" value="${present}">`;
}
